#include <algorithm>

#include <spdlog/fmt/fmt.h>

#include "webcast/event.h"
#include "webcast/plain_text.h"
#include "webcast/timezone.h"

namespace estrad::webcast {
namespace {

constexpr std::size_t kMostItems = 50;
constexpr std::uint32_t kMostLobbyMinutes = 24 * 60;
constexpr std::uint32_t kMostSeats = 1'000'000;
constexpr std::uint32_t kMostDevices = 100;
/// Times lie between 2000 and 2200: whatever is outside is a mistake of units.
constexpr WallTime kEarliest = WallTime(milliseconds(946'684'800'000));
constexpr WallTime kLatest = WallTime(milliseconds(7'258'118'400'000));

Status set_line(std::string& text, const std::string& field, TextLimits limits) {
  auto line = plain_line(field, text, limits);
  if (!line) {
    return fail(std::move(line).error());
  }
  text = std::move(*line);
  return {};
}

Status set_lines(std::vector<std::string>& texts, const std::string& field, TextLimits limits) {
  if (texts.size() > kMostItems) {
    return fail(invalid_field(field, fmt::format("takes at most {} items", kMostItems)));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (auto set = set_line(texts[i], fmt::format("{}[{}]", field, i), limits); !set) {
      return set;
    }
  }
  return {};
}

bool is_web_address(std::string_view text) {
  const bool has_scheme = text.starts_with("https://") || text.starts_with("http://");
  const auto host = text.substr(std::min(text.size(), text.find("://") + 3));
  return has_scheme && !host.empty() && host.front() != '/' &&
         text.find_first_of(" \t\"<>\\^`{|}") == std::string_view::npos;
}

Status check_slugs(EventPlan& plan) {
  if (!is_slug(plan.slug)) {
    return fail(invalid_field("slug", plan.slug.empty() ? "is needed: 1 to 80 of a-z, 0-9 and -"
                                                        : "takes 1 to 80 of a-z, 0-9 and -"));
  }
  if (!plan.series.empty() && !is_slug(plan.series)) {
    return fail(invalid_field("series", "takes the slug of a series: 1 to 80 of a-z, 0-9 and -"));
  }
  if (!plan.stage.empty() && !is_slug(plan.stage)) {
    return fail(invalid_field("stage", "takes the id of a stage: 1 to 80 of a-z, 0-9 and -"));
  }
  return {};
}

Status check_texts(EventPlan& plan) {
  if (auto set = set_line(plan.title, "title", {1, 200}); !set) {
    return set;
  }
  auto description = plain_block("description", plan.description, {0, 20'000});
  if (!description) {
    return fail(std::move(description).error());
  }
  plan.description = std::move(*description);
  if (auto set = set_lines(plan.speakers, "speakers", {1, 200}); !set) {
    return set;
  }
  if (auto set = set_lines(plan.topics, "topics", {1, 80}); !set) {
    return set;
  }
  if (auto set = set_line(plan.audience, "audience", {0, 500}); !set) {
    return set;
  }
  return set_line(plan.price_text, "price_text", {0, 500});
}

Status check_addresses(EventPlan& plan) {
  if (auto set = set_line(plan.image, "image", {0, 2'000}); !set) {
    return set;
  }
  const bool is_path = plan.image.starts_with('/') && !plan.image.starts_with("//");
  if (!plan.image.empty() && !is_path && !is_web_address(plan.image)) {
    return fail(invalid_field("image", "takes an http(s) address, or a path on this server"));
  }
  if (plan.links.size() > kMostItems) {
    return fail(invalid_field("links", fmt::format("takes at most {} items", kMostItems)));
  }
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    auto& link = plan.links[i];
    const auto field = fmt::format("links[{}]", i);
    if (auto set = set_line(link.url, field + ".url", {1, 2'000}); !set) {
      return set;
    }
    if (!is_web_address(link.url)) {
      return fail(invalid_field(field + ".url", "takes an http or https address"));
    }
    if (auto set = set_line(link.title, field + ".title", {0, 200}); !set) {
      return set;
    }
  }
  return {};
}

struct NamedTime {
  const char* field;
  const std::optional<WallTime>& time;
};

/// `later` is after `earlier`, where both are given.
Status check_order(const NamedTime& earlier, const NamedTime& later) {
  if (earlier.time && later.time && *later.time <= *earlier.time) {
    return fail(invalid_field(later.field, fmt::format("is to be later than {}", earlier.field)));
  }
  return {};
}

Status check_times(const EventPlan& plan) {
  const NamedTime starts{"starts_at", plan.starts_at};
  const NamedTime ends{"ends_at", plan.ends_at};
  const NamedTime publish{"publish_at", plan.publish_at};
  const NamedTime withdraw{"withdraw_at", plan.withdraw_at};
  const NamedTime sign_up{"sign_up_until", plan.sign_up_until};
  for (const auto& [field, time] : {starts, ends, publish, withdraw, sign_up}) {
    if (time && (*time < kEarliest || *time > kLatest)) {
      return fail(invalid_field(field, "takes a time between 2000 and 2200"));
    }
  }
  if (plan.ends_at && !plan.starts_at) {
    return fail(invalid_field("starts_at", "is needed when ends_at is given"));
  }
  for (const auto& [earlier, later] :
       {std::pair{starts, ends}, std::pair{starts, publish}, std::pair{starts, withdraw},
        std::pair{publish, withdraw}, std::pair{sign_up, ends}}) {
    if (auto order = check_order(earlier, later); !order) {
      return order;
    }
  }
  return {};
}

Status check_numbers(const EventPlan& plan) {
  if (plan.lobby_minutes > kMostLobbyMinutes) {
    return fail(invalid_field("lobby_minutes", fmt::format("takes 0 to {}", kMostLobbyMinutes)));
  }
  if (plan.seats && (*plan.seats == 0 || *plan.seats > kMostSeats)) {
    return fail(invalid_field("seats", fmt::format("takes 1 to {}", kMostSeats)));
  }
  if (plan.seat_devices == 0 || plan.seat_devices > kMostDevices) {
    return fail(invalid_field("seat_devices", fmt::format("takes 1 to {}", kMostDevices)));
  }
  return {};
}

}  // namespace

bool is_slug(std::string_view text) {
  return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<EventPlan> validated(EventPlan plan) {
  for (auto* check : {check_slugs, check_texts, check_addresses}) {
    if (auto checked = check(plan); !checked) {
      return fail(std::move(checked).error());
    }
  }
  if (!is_known_timezone(plan.timezone)) {
    return fail(invalid_field("timezone", "takes a name of the IANA database: Europe/Stockholm"));
  }
  for (auto* check : {check_times, check_numbers}) {
    if (auto checked = check(plan); !checked) {
      return fail(std::move(checked).error());
    }
  }
  return plan;
}

}  // namespace estrad::webcast
