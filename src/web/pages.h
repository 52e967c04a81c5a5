#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "web/desk.h"

/// The pages' HTML, written on the server: readable without scripts. The markup is the contract of
/// player/README.md.
namespace estrad::web {

/// What differs from page to page. All texts but `main`, which is HTML, are plain.
struct Shell {
  webcast::Language language = webcast::Language::kSv;
  std::string title;
  std::string description = {};
  /// Path of the page itself.
  std::string path = {};
  std::string image = {};
  /// Logical names.
  std::vector<std::string_view> scripts = {};
  /// A picture is played at once: what that needs is fetched early.
  bool plays = false;
  std::vector<std::string_view> styles = {"base.css"};
  std::string_view body_class = {};
  /// `<main id="main" …>…</main>` and what stands beside it.
  std::string main = {};
  /// JSON for the scripts; empty for none.
  std::string data = {};
  Framing framing = Framing::kNobody;
};

/// The whole page; HEAD, ETag and gzip follow from it.
[[nodiscard]] Response render_page(const Desk& desk, const Exchange& exchange, unsigned status,
                                   const Shell& shell);

/// `?lang=`, else `preferred`, else what the browser asks for first.
[[nodiscard]] webcast::Language language_of(const Exchange& exchange,
                                            std::optional<webcast::Language> preferred = {});

[[nodiscard]] Response not_found_page(const Desk& desk, const Exchange& exchange);
[[nodiscard]] Response gone_page(const Desk& desk, const Exchange& exchange);

/// `<span class="badge badge-live">Live</span>`
[[nodiscard]] std::string badge(const Catalogue& texts, webcast::EventState state);

/// Who the service says it is provided by.
[[nodiscard]] const std::string& provider(const Desk& desk);

/// CommonMark as HTML; raw HTML and dangerous addresses in it are left out.
[[nodiscard]] std::string render_prose(const std::string& markdown);

/// The event and, where it is at hand, its log, as JSON for the page's scripts.
[[nodiscard]] std::string event_data(const Desk& desk, const EventView& view,
                                     std::string_view page);

}  // namespace estrad::web
