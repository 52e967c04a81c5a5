#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "base/text.h"
#include "web/pages.h"

namespace estrad::web {
namespace {

void append_meta(std::string& html, std::string_view property, const std::string& content) {
  if (!content.empty()) {
    html.append("<meta property=\"").append(property).append("\" content=\"");
    html.append(escape_html(content)).append("\">\n");
  }
}

std::string accent_style(const Brand& brand) {
  if (brand.accent_light.empty()) {
    return {};
  }
  return "<style>:root{--accent-light:" + escape_html(brand.accent_light) +
         ";--accent-dark:" + escape_html(brand.accent_dark) + "}</style>\n";
}

std::string preload_links(const Assets& assets, std::string_view script, bool plays) {
  const auto found = assets.preloads.find(script);
  if (found == assets.preloads.end()) {
    return "";
  }
  std::vector<std::string> names = found->second.now;
  if (plays) {
    names.insert(names.end(), found->second.playing.begin(), found->second.playing.end());
  }
  std::string html;
  for (const std::string& name : names) {
    html += "<link rel=\"modulepreload\" href=\"/static/" + name + "\">\n";
  }
  return html;
}

std::string head(const Desk& desk, const Exchange& exchange, const Shell& shell) {
  const Brand& brand = desk.options.brand;
  const std::string site = public_url(desk, exchange);
  std::string html =
      "<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  html += "<title>" + escape_html(shell.title + " – " + brand.name) + "</title>\n";
  if (!shell.description.empty()) {
    html += "<meta name=\"description\" content=\"" + escape_html(shell.description) + "\">\n";
  }
  append_meta(html, "og:title", shell.title);
  append_meta(html, "og:site_name", brand.name);
  append_meta(html, "og:type", "website");
  append_meta(html, "og:description", shell.description);
  append_meta(html, "og:url", shell.path.empty() ? "" : site + shell.path);
  const bool is_local_image = shell.image.substr(0, 1) == "/";
  append_meta(html, "og:image", is_local_image ? site + shell.image : shell.image);
  append_meta(html, "og:locale", shell.language == webcast::Language::kSv ? "sv_SE" : "en_GB");
  html += "<link rel=\"icon\" href=\"" + desk.assets.address("favicon.svg") +
          "\" type=\"image/svg+xml\">\n";
  for (const std::string_view style : shell.styles) {
    html += "<link rel=\"stylesheet\" href=\"" + desk.assets.address(style) + "\">\n";
  }
  html += accent_style(brand);
  for (const std::string_view script : shell.scripts) {
    html += "<script type=\"module\" src=\"" + desk.assets.address(script) + "\"></script>\n";
    html += preload_links(desk.assets, script, shell.plays);
  }
  return html;
}

std::string site_head(const Desk& desk, const Shell& shell, const Catalogue& texts) {
  const Brand& brand = desk.options.brand;
  const bool is_swedish = shell.language == webcast::Language::kSv;
  std::string html = "<a class=\"skip\" href=\"#main\">" + escape_html(texts.text("page.skip")) +
                     "</a>\n<header class=\"site-head\">\n<a class=\"brand\" href=\"/\">";
  if (!brand.logo.empty()) {
    html += "<img src=\"" + escape_html(brand.logo) + "\" alt=\"\" height=\"32\">";
  }
  html += escape_html(brand.name) + "</a>\n<nav class=\"languages\" aria-label=\"" +
          escape_html(texts.text("page.language")) + "\">";
  html += is_swedish ? "<a href=\"?lang=en\" hreflang=\"en\" lang=\"en\">English</a>"
                     : "<a href=\"?lang=sv\" hreflang=\"sv\" lang=\"sv\">Svenska</a>";
  return html + "</nav>\n</header>\n";
}

/// No text in the data may end the script element.
std::string data_element(std::string data) {
  for (std::size_t at = data.find('<'); at != std::string::npos; at = data.find('<', at + 6)) {
    data.replace(at, 1, "\\u003c");
  }
  return "<script type=\"application/json\" id=\"estrad-data\">" + data + "</script>\n";
}

Response message_page(const Desk& desk, const Exchange& exchange, unsigned status,
                      const std::string& key) {
  Shell shell;
  shell.language = language_of(exchange);
  const Catalogue& texts = desk.assets.catalogue(shell.language);
  shell.title = texts.text(key + ".title");
  shell.main = "<main id=\"main\" class=\"message\"><h1>" + escape_html(shell.title) + "</h1><p>" +
               escape_html(texts.text(key + ".text")) + "</p><p><a class=\"button\" href=\"/\">" +
               escape_html(texts.text("page.to_programme")) + "</a></p></main>\n";
  return render_page(desk, exchange, status, shell);
}

}  // namespace

Response render_page(const Desk& desk, const Exchange& exchange, unsigned status,
                     const Shell& shell) {
  const Catalogue& texts = desk.assets.catalogue(shell.language);
  const bool is_bare = shell.body_class == "embed";
  std::string html = "<!doctype html>\n<html lang=\"";
  html.append(to_string(shell.language)).append("\">\n<head>\n");
  html += head(desk, exchange, shell) + "</head>\n<body";
  if (!shell.body_class.empty()) {
    html.append(" class=\"").append(shell.body_class).append("\"");
  }
  html += ">\n";
  html += is_bare ? "" : site_head(desk, shell, texts);
  html += shell.main;
  if (!is_bare) {
    html += "<footer class=\"site-foot\"><p>" +
            escape_html(texts.text("page.footer", {{"provider", provider(desk)}})) +
            "</p></footer>\n";
  }
  html += shell.data.empty() ? "" : data_element(shell.data);
  html += "</body>\n</html>\n";
  const std::string tag = "\"" + sha256_hex(html).substr(0, 24) + "\"";
  Response response = html_response(status, std::move(html));
  response.framing = shell.framing;
  response.etag = status == 200 ? tag : "";
  response.headers.emplace_back("Vary", "Accept-Language");
  return response;
}

webcast::Language language_of(const Exchange& exchange,
                              std::optional<webcast::Language> preferred) {
  if (const auto asked = webcast::parse_language(exchange.query("lang").value_or(""))) {
    return *asked;
  }
  if (preferred) {
    return *preferred;
  }
  for (const std::string_view entry : split(exchange.header("Accept-Language"), ',')) {
    if (const auto named = webcast::parse_language(trim(entry).substr(0, 2))) {
      return *named;
    }
  }
  return webcast::Language::kSv;
}

Response not_found_page(const Desk& desk, const Exchange& exchange) {
  return message_page(desk, exchange, 404, "page.not_found");
}

Response gone_page(const Desk& desk, const Exchange& exchange) {
  return message_page(desk, exchange, 410, "page.gone");
}

std::string badge(const Catalogue& texts, webcast::EventState state) {
  const std::string name(to_string(state));
  return "<span class=\"badge badge-" + name + "\">" + escape_html(texts.text("state." + name)) +
         "</span>";
}

const std::string& provider(const Desk& desk) {
  const Brand& brand = desk.options.brand;
  return brand.provider.empty() ? brand.name : brand.provider;
}

}  // namespace estrad::web
