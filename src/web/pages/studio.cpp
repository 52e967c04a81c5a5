#include <nlohmann/json.hpp>

#include "base/text.h"
#include "web/handlers.h"
#include "web/pages.h"

namespace estrad::web {
namespace {

nlohmann::json session_json(const std::optional<Identity>& identity) {
  if (!identity) {
    return nullptr;
  }
  return {{"email", identity->principal.name},
          {"role", to_string(identity->principal.role)},
          {"csrf", identity->csrf}};
}

Response studio_page(const Desk& desk, const Exchange& exchange,
                     const std::optional<Identity>& identity) {
  Shell shell;
  shell.language = language_of(exchange);
  const Catalogue& texts = desk.assets.catalogue(shell.language);
  shell.title = texts.text("page.studio");
  shell.scripts = {"studio.js"};
  shell.styles = {"base.css", "studio.css"};
  shell.body_class = "studio";
  shell.main = "<main id=\"main\"><estrad-studio><noscript><p>" +
               escape_html(texts.text("page.noscript")) +
               "</p></noscript></estrad-studio></main>\n";
  shell.data = nlohmann::json({{"page", "studio"},
                               {"provider", provider(desk)},
                               {"public_url", public_url(desk, exchange)},
                               {"session", session_json(identity)}})
                   .dump();
  // The page holds the session's token.
  Response page = render_page(desk, exchange, 200, shell).cached(cache::kNever);
  page.etag.clear();
  return page;
}

}  // namespace

void show_studio(Desk& desk, const ExchangePtr& exchange) {
  desk.guard.identify(exchange, [&desk, exchange](Result<std::optional<Identity>> found) {
    // A token in a header belongs to a script, not to a page.
    const bool has_session = found && *found && !(*found)->csrf.empty();
    exchange->send(studio_page(desk, *exchange, has_session ? *found : std::nullopt));
  });
}

}  // namespace estrad::web
