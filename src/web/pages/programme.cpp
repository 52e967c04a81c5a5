#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "web/handlers.h"
#include "web/pages.h"
#include "web/pages/times.h"

namespace estrad::web {
namespace {

using webcast::Event;
using webcast::EventState;

constexpr std::size_t kMostRecordings = 100;
constexpr std::chrono::hours kPastStaysListed{12};

struct Programme {
  std::vector<const Event*> now;
  std::vector<const Event*> next;
  std::vector<const Event*> recordings;
};

std::string link_to(const Event& event) {
  return "<a href=\"/w/" + escape_html(event.plan.slug) + "\">" + escape_html(event.plan.title) +
         "</a>";
}

/// The page's script tells viewers elsewhere their own time; `data-zone` is the zone of the text.
std::string time_element(std::string_view css_class, WallTime at, const std::string& text,
                         const std::string& zone) {
  return "<time class=\"" + std::string(css_class) + "\" datetime=\"" + utc_text(at) +
         "\" data-zone=\"" + escape_html(zone) + "\">" + escape_html(text) + "</time>";
}

std::string card(const Event& event, const Catalogue& texts, webcast::Language language) {
  std::string html = "<li class=\"card card-" + std::string(to_string(event.state)) + "\">" +
                     badge(texts, event.state) + "\n<h3>" + link_to(event) + "</h3>";
  if (event.plan.starts_at) {
    const LocalTimes times(event.plan.timezone, language);
    html +=
        "<p class=\"card-when\">" +
        time_element("card-time", *event.plan.starts_at,
                     times.hours(*event.plan.starts_at, event.plan.ends_at), event.plan.timezone) +
        "</p>";
  }
  if (!event.plan.speakers.empty()) {
    html += "<p class=\"card-text\">" + escape_html(join(event.plan.speakers, ", ")) + "</p>";
  }
  return html + "</li>\n";
}

/// `heading` is one level below the heading that the row stands under: h4 under a day.
std::string row(const Event& event, const Catalogue& texts, const std::string& time,
                const std::string& heading) {
  std::string html = "<li class=\"row\">" + time + "\n<div><" + heading + ">" + link_to(event) +
                     "</" + heading + ">";
  if (!event.plan.speakers.empty()) {
    html += "<p>" + escape_html(join(event.plan.speakers, ", ")) + "</p>";
  }
  return html + "</div>" + badge(texts, event.state) + "</li>\n";
}

std::string section(std::string_view name, const Catalogue& texts, const std::string& inside) {
  const std::string id(name);
  return "<section class=\"" + id + "\" aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">" +
         escape_html(texts.text("page.programme." + id)) + "</h2>\n" + inside + "</section>\n";
}

WallTime recorded_at(const Event& event) {
  return event.started_at.value_or(event.plan.starts_at.value_or(event.created_at));
}

bool is_over(const Event& event, WallTime now) {
  const auto end = event.plan.ends_at ? event.plan.ends_at : event.plan.starts_at;
  return end && *end + kPastStaysListed < now;
}

void place(Programme& programme, const Event& event, WallTime now) {
  switch (event.state) {
    case EventState::kLobby:
    case EventState::kLive:
    case EventState::kPaused:
      programme.now.push_back(&event);
      return;
    case EventState::kPlanned:
    case EventState::kCancelled:
      if (!is_over(event, now)) {
        programme.next.push_back(&event);
      }
      return;
    case EventState::kPublished:
      programme.recordings.push_back(&event);
      return;
    case EventState::kDraft:
    case EventState::kEnded:
    case EventState::kReview:
    case EventState::kWithdrawn:
    case EventState::kArchived:
      return;
  }
}

Programme programme_of(const Desk& desk) {
  Programme programme;
  for (const auto& [slug, view] : desk.shelf.events()) {
    if (view->event.plan.access != webcast::Access::kUnlisted && !view->event.plan.rehearsal) {
      place(programme, view->event, desk.clock.wall());
    }
  }
  const auto starts_first = [](const Event* a, const Event* b) {
    // Events without a time come last.
    return std::tuple(!a->plan.starts_at, a->plan.starts_at, a->plan.slug) <
           std::tuple(!b->plan.starts_at, b->plan.starts_at, b->plan.slug);
  };
  std::sort(programme.now.begin(), programme.now.end(), [&](const Event* a, const Event* b) {
    const bool is_a_live = webcast::is_on_air(a->state);
    const bool is_b_live = webcast::is_on_air(b->state);
    return is_a_live == is_b_live ? starts_first(a, b) : is_a_live;
  });
  std::sort(programme.next.begin(), programme.next.end(), starts_first);
  std::sort(programme.recordings.begin(), programme.recordings.end(),
            [](const Event* a, const Event* b) { return recorded_at(*a) > recorded_at(*b); });
  programme.recordings.resize(std::min(programme.recordings.size(), kMostRecordings));
  return programme;
}

std::string next_list(const std::vector<const Event*>& events, const Catalogue& texts,
                      webcast::Language language) {
  std::string html;
  std::string day = "none yet";
  for (const Event* event : events) {
    const LocalTimes times(event->plan.timezone, language);
    const auto& starts = event->plan.starts_at;
    const std::string this_day = starts ? times.date(*starts) : "";
    if (this_day != day) {
      html += day == "none yet" ? "" : "</ul>\n";
      day = this_day;
      if (starts) {
        html += "<h3 class=\"day\"><time datetime=\"" + day + "\">" +
                escape_html(times.day(*starts)) + "</time></h3>\n";
      }
      html += "<ul class=\"rows\">\n";
    }
    html += row(*event, texts,
                starts ? time_element("row-time", *starts, times.hours(*starts, std::nullopt),
                                      event->plan.timezone)
                       : "",
                starts ? "h4" : "h3");
  }
  return html + "</ul>\n";
}

std::string recording_list(const std::vector<const Event*>& events, const Catalogue& texts,
                           webcast::Language language) {
  std::string html = "<ul class=\"rows\">\n";
  for (const Event* event : events) {
    const LocalTimes times(event->plan.timezone, language);
    const WallTime at = recorded_at(*event);
    html += row(*event, texts,
                time_element("row-time", at, times.short_day(at), event->plan.timezone), "h3");
  }
  return html + "</ul>\n";
}

}  // namespace

void show_programme(Desk& desk, const ExchangePtr& exchange) {
  const Programme programme = programme_of(desk);
  Shell shell;
  shell.language = language_of(*exchange);
  const Catalogue& texts = desk.assets.catalogue(shell.language);
  shell.title = texts.text("page.programme.title");
  shell.path = "/";
  shell.scripts = {"programme.js"};
  shell.data = R"({"page":"programme"})";
  std::string main =
      "<main id=\"main\" class=\"programme\">\n<h1>" + escape_html(shell.title) + "</h1>\n";
  if (!programme.now.empty()) {
    std::string cards = "<ul class=\"cards\">\n";
    for (const Event* event : programme.now) {
      cards += card(*event, texts, shell.language);
    }
    main += section("now", texts, cards + "</ul>\n");
  }
  if (!programme.next.empty()) {
    main += section("next", texts, next_list(programme.next, texts, shell.language));
  }
  if (!programme.recordings.empty()) {
    main +=
        section("recordings", texts, recording_list(programme.recordings, texts, shell.language));
  }
  if (programme.now.empty() && programme.next.empty() && programme.recordings.empty()) {
    main += "<p class=\"empty\">" + escape_html(texts.text("page.programme.empty")) + "</p>\n";
  }
  shell.main = main + "</main>\n";
  exchange->send(render_page(desk, *exchange, 200, shell));
}

}  // namespace estrad::web
