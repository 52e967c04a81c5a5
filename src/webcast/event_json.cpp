#include "webcast/event_json.h"

#include <array>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "base/text.h"

namespace estrad::webcast {
namespace {

using nlohmann::json;

/// One field of the plan: how it is taken from JSON (false: it is of another type) and given, put
/// back to its default, and what it takes in words.
struct Field {
  const char* name;
  std::function<bool(EventPlan&, const json&)> read;
  std::function<json(const EventPlan&)> write;
  std::function<void(EventPlan&)> reset;
  const char* takes;
};

template <auto member>
void reset(EventPlan& plan) {
  plan.*member = EventPlan().*member;
}

template <std::string EventPlan::*member>
Field text(const char* name) {
  return {name,
          [](EventPlan& plan, const json& value) {
            if (!value.is_string()) {
              return false;
            }
            plan.*member = value.get<std::string>();
            return true;
          },
          [](const EventPlan& plan) { return json(plan.*member); }, reset<member>, "takes a text"};
}

template <std::vector<std::string> EventPlan::*member>
Field texts(const char* name) {
  return {name,
          [](EventPlan& plan, const json& value) {
            std::vector<std::string> items;
            for (const auto& item : value) {
              if (!item.is_string()) {
                return false;
              }
              items.push_back(item.get<std::string>());
            }
            plan.*member = std::move(items);
            return value.is_array();
          },
          [](const EventPlan& plan) { return json(plan.*member); }, reset<member>,
          "takes a list of texts"};
}

template <std::optional<WallTime> EventPlan::*member>
Field time(const char* name) {
  return {name,
          [](EventPlan& plan, const json& value) {
            plan.*member = value.is_string() ? parse_rfc3339(value.get_ref<const std::string&>())
                                             : std::nullopt;
            return (plan.*member).has_value();
          },
          [](const EventPlan& plan) {
            return plan.*member ? json(format_rfc3339(*(plan.*member))) : json();
          },
          reset<member>, "takes a time with its offset: 2026-03-10T13:00:00+01:00"};
}

template <auto member>
Field number(const char* name) {
  return {name,
          [](EventPlan& plan, const json& value) {
            const auto whole = value.is_number_integer() ? value.get<std::int64_t>() : -1;
            if (whole < 0 || whole > std::numeric_limits<std::uint32_t>::max()) {
              return false;
            }
            plan.*member = static_cast<std::uint32_t>(whole);
            return true;
          },
          [](const EventPlan& plan) {
            using Number = std::remove_cvref_t<decltype(plan.*member)>;
            if constexpr (std::is_same_v<Number, std::uint32_t>) {
              return json(plan.*member);
            } else {
              return plan.*member ? json(*(plan.*member)) : json();
            }
          },
          reset<member>, "takes a whole number from 0"};
}

template <auto member, typename Enum>
Field choice(const char* name, std::optional<Enum> (*parse)(std::string_view), const char* takes) {
  return {name,
          [parse](EventPlan& plan, const json& value) {
            const auto parsed = value.is_string() ? parse(value.get_ref<const std::string&>())
                                                  : std::optional<Enum>();
            plan.*member = parsed.value_or(plan.*member);
            return parsed.has_value();
          },
          [](const EventPlan& plan) { return json(std::string(to_string(plan.*member))); },
          reset<member>, takes};
}

bool read_links(EventPlan& plan, const json& value) {
  std::vector<Link> links;
  for (const auto& item : value) {
    if (!item.is_object() || !item.contains("url")) {
      return false;
    }
    Link link;
    for (const auto& [key, part] : item.items()) {
      if (!part.is_string() || (key != "url" && key != "title")) {
        return false;
      }
      (key == "url" ? link.url : link.title) = part.get<std::string>();
    }
    links.push_back(std::move(link));
  }
  plan.links = std::move(links);
  return value.is_array();
}

json write_links(const EventPlan& plan) {
  json links = json::array();
  for (const auto& link : plan.links) {
    links.push_back({{"title", link.title}, {"url", link.url}});
  }
  return links;
}

bool read_rehearsal(EventPlan& plan, const json& value) {
  plan.rehearsal = value.is_boolean() && value.get<bool>();
  return value.is_boolean();
}

const std::vector<Field>& fields() {
  using P = EventPlan;
  static const std::vector<Field> all = {
      text<&P::slug>("slug"),
      text<&P::title>("title"),
      text<&P::stage>("stage"),
      text<&P::description>("description"),
      texts<&P::speakers>("speakers"),
      text<&P::series>("series"),
      texts<&P::topics>("topics"),
      text<&P::audience>("audience"),
      text<&P::price_text>("price_text"),
      text<&P::image>("image"),
      {"links", read_links, write_links, reset<&P::links>, "takes a list of {\"title\",\"url\"}"},
      time<&P::starts_at>("starts_at"),
      time<&P::ends_at>("ends_at"),
      text<&P::timezone>("timezone"),
      choice<&P::language>("language", parse_language, "takes sv or en"),
      number<&P::lobby_minutes>("lobby_minutes"),
      choice<&P::access>("access", parse_access, "takes public, unlisted or seats"),
      choice<&P::latency>("latency", parse_latency, "takes balanced, lowest or scale"),
      choice<&P::start>("start", parse_start_mode, "takes manual or on_feed"),
      choice<&P::publish>("publish", parse_publish_mode, "takes auto or review"),
      time<&P::publish_at>("publish_at"),
      time<&P::withdraw_at>("withdraw_at"),
      choice<&P::questions>("questions", parse_question_mode, "takes moderated, open or off"),
      time<&P::sign_up_until>("sign_up_until"),
      number<&P::seats>("seats"),
      number<&P::seat_devices>("seat_devices"),
      {"rehearsal", read_rehearsal, [](const P& plan) { return json(plan.rehearsal); },
       reset<&P::rehearsal>, "takes true or false"},
  };
  return all;
}

const Field* find_field(std::string_view name) {
  for (const Field& field : fields()) {
    if (name == field.name) {
      return &field;
    }
  }
  return nullptr;
}

json or_null(const std::optional<WallTime>& time) {
  return time ? json(format_rfc3339(*time)) : json();
}

Result<EventPlan> read_fields(const EventPlan& base, const json& patch) {
  if (!patch.is_object()) {
    return fail(invalid_input("the body is to be a JSON object"));
  }
  EventPlan plan = base;
  for (const auto& [name, value] : patch.items()) {
    const Field* field = find_field(name);
    if (field == nullptr) {
      return fail(invalid_field(name, "is not a field of an event"));
    }
    if (value.is_null()) {
      field->reset(plan);
    } else if (!field->read(plan, value)) {
      return fail(invalid_field(name, field->takes));
    }
  }
  return plan;
}

}  // namespace

Result<EventPlan> plan_from_json(const EventPlan& base, const json& patch) {
  auto plan = read_fields(base, patch);
  return plan ? validated(std::move(*plan)) : plan;
}

Result<EventPlan> stored_plan_from_json(const json& stored) {
  return read_fields(EventPlan(), stored);
}

json to_json(const EventPlan& plan) {
  json out = json::object();
  for (const Field& field : fields()) {
    out[field.name] = field.write(plan);
  }
  return out;
}

json to_json(const Event& event) {
  json out = to_json(event.plan);
  out["id"] = event.id;
  out["state"] = to_string(event.state);
  out["state_since"] = format_rfc3339(event.state_since);
  out["created_at"] = format_rfc3339(event.created_at);
  out["version"] = event.version;
  out["started_at"] = or_null(event.started_at);
  out["ended_at"] = or_null(event.ended_at);
  out["cancel_message"] = event.cancel_message;
  out["moderation"] = {{"mode", to_string(event.plan.questions)},
                       {"slow_s", event.moderation.slow_s},
                       {"links", event.moderation.are_links_allowed}};
  return out;
}

}  // namespace estrad::webcast
