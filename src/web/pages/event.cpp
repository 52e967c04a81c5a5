#include <nlohmann/json.hpp>

#include "base/text.h"
#include "web/handlers.h"
#include "web/pages.h"
#include "web/pages/times.h"
#include "web/viewer/place.h"

namespace estrad::web {
namespace {

constexpr std::size_t kDescriptionLength = 300;

/// The start of the description, for search engines and link previews.
std::string summary_of(const std::string& description) {
  std::string summary = description.substr(0, kDescriptionLength);
  // Not in the middle of a character.
  while (!summary.empty() && !is_plain_utf8(summary)) {
    summary.pop_back();
  }
  for (char& character : summary) {
    character = character == '\n' ? ' ' : character;
  }
  return summary;
}

std::string stage_element(const webcast::Event& event, const Catalogue& texts) {
  const std::string key = "stage." + std::string(to_string(event.state));
  std::string html =
      "<estrad-stage class=\"stage\">\n<div class=\"stage-card\"><p class=\"stage-line\">" +
      escape_html(texts.text(key)) + "</p>";
  if (event.state == webcast::EventState::kCancelled && !event.cancel_message.empty()) {
    html += "<p class=\"stage-text\">" + escape_html(event.cancel_message) + "</p>";
  }
  return html + "</div>\n</estrad-stage>\n";
}

std::string event_head(const webcast::Event& event, const Catalogue& texts,
                       webcast::Language language) {
  std::string html = "<header class=\"event-head\">\n<estrad-status class=\"status\">" +
                     badge(texts, event.state) + "</estrad-status>\n<h1>" +
                     escape_html(event.plan.title) + "</h1>\n";
  if (event.plan.starts_at) {
    const LocalTimes times(event.plan.timezone, language);
    html += "<estrad-when class=\"when\"><time datetime=\"" + utc_text(*event.plan.starts_at) +
            "\">" + escape_html(times.span(*event.plan.starts_at, event.plan.ends_at)) +
            "</time></estrad-when>\n";
  }
  if (!event.plan.speakers.empty()) {
    html += "<p class=\"speakers\">" + escape_html(join(event.plan.speakers, ", ")) + "</p>\n";
  }
  return html + "</header>\n";
}

/// An event that has no page here: gone, moved or never was. Answers and gives null.
Shelf::EventPtr find_page(Desk& desk, const ExchangePtr& exchange) {
  const Shelf::Place place = desk.shelf.find(exchange->param("slug"));
  if (place.event && webcast::has_public_page(place.event->event)) {
    return place.event;
  }
  if (place.is_deleted) {
    exchange->send(gone_page(desk, *exchange));
  } else if (!place.moved_to.empty() && desk.shelf.event(place.moved_to)) {
    exchange->send(moved_to(moved_path(*exchange, place.moved_to)));
  } else {
    exchange->send(not_found_page(desk, *exchange));
  }
  return nullptr;
}

Shell event_shell(const Exchange& exchange, const webcast::Event& event) {
  Shell shell;
  shell.language = language_of(exchange, event.plan.language);
  shell.title = event.plan.title;
  shell.description = summary_of(event.plan.description);
  shell.path = "/w/" + event.plan.slug;
  shell.image = event.plan.image;
  shell.plays = webcast::is_on_air(event.state) || event.state == webcast::EventState::kPublished;
  return shell;
}

}  // namespace

std::string event_data(const Desk& desk, const EventView& view, std::string_view page) {
  const webcast::Event& event = view.event;
  const auto time = [](const std::optional<WallTime>& at) {
    return at ? nlohmann::json(utc_text(*at)) : nlohmann::json(nullptr);
  };
  const nlohmann::json data = {
      {"page", page},
      {"provider", provider(desk)},
      {"demo", desk.options.is_demo && event.plan.slug == "demo"},
      {"event",
       {{"slug", event.plan.slug},
        {"title", event.plan.title},
        {"state", to_string(event.state)},
        {"starts_at", time(event.plan.starts_at)},
        {"ends_at", time(event.plan.ends_at)},
        {"timezone", event.plan.timezone},
        {"language", to_string(event.plan.language)},
        {"latency", to_string(event.plan.latency)},
        {"questions", to_string(event.plan.questions)},
        {"message", event.cancel_message.empty() ? nlohmann::json(nullptr)
                                                 : nlohmann::json(event.cancel_message)}}}};
  std::string text = data.dump();
  const auto log = desk.shelf.log(event.plan.slug);
  text.pop_back();
  return text + ",\"log\":" + (log ? std::string(as_text(*log->state)) : std::string("null")) + "}";
}

void show_event(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_page(desk, exchange);
  if (!view) {
    return;
  }
  const webcast::Event& event = view->event;
  Shell shell = event_shell(*exchange, event);
  const Catalogue& texts = desk.assets.catalogue(shell.language);
  shell.scripts = {"viewer.js"};
  shell.main = "<main id=\"main\" class=\"viewer\" data-state=\"" +
               std::string(to_string(event.state)) + "\" data-questions=\"" +
               std::string(to_string(event.plan.questions)) + "\">\n" +
               stage_element(event, texts) + event_head(event, texts, shell.language) +
               "<estrad-questions class=\"questions\"></estrad-questions>\n"
               "<div class=\"event-body prose\">" +
               render_prose(event.plan.description) + "</div>\n</main>\n<noscript><p>" +
               escape_html(texts.text("page.noscript")) + "</p></noscript>\n";
  shell.data = event_data(desk, *view, "viewer");
  exchange->send(render_page(desk, *exchange, 200, shell));
}

void show_embed(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_page(desk, exchange);
  if (!view) {
    return;
  }
  Shell shell = event_shell(*exchange, view->event);
  shell.scripts = {"embed.js"};
  shell.body_class = "embed";
  shell.framing = Framing::kAnyone;
  shell.main = "<main id=\"main\"><h1 class=\"visually-hidden\">" +
               escape_html(view->event.plan.title) + "</h1>\n" +
               stage_element(view->event, desk.assets.catalogue(shell.language)) + "</main>\n";
  shell.data = event_data(desk, *view, "embed");
  exchange->send(render_page(desk, *exchange, 200, shell));
}

}  // namespace estrad::web
