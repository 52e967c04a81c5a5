#include <cstdlib>
#include <memory>
#include <string>

#include <cmark.h>

#include "glib/handle.h"
#include "web/pages.h"

namespace estrad::web {

std::string render_prose(const std::string& markdown) {
  // Without CMARK_OPT_UNSAFE raw HTML and javascript: addresses are left out.
  const glib::Handle<char, std::free> html(
      cmark_markdown_to_html(markdown.data(), markdown.size(), CMARK_OPT_SMART));
  return html ? std::string(html.get()) : std::string();
}

}  // namespace estrad::web
