#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "webcast/event.h"

namespace estrad::web {

/// The texts of one language, from player/locales. Immutable; any thread.
class Catalogue {
 public:
  using Values = std::vector<std::pair<std::string_view, std::string>>;

  /// `json` is a flat object of texts.
  [[nodiscard]] static Result<Catalogue> create(std::string_view json);
  /// The text with its {name} places filled in; the key itself when there is no such text.
  [[nodiscard]] std::string text(std::string_view key, const Values& values = {}) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

struct Asset {
  std::string content_type;
  SharedBytes plain;
  /// Empty for what does not shrink.
  SharedBytes gzip;
};

/// What a script imports: names under /static/, for the browser to fetch beside the script and not
/// one after the other.
struct Preloads {
  std::vector<std::string> now;
  /// Only where a picture is played.
  std::vector<std::string> playing;
};

/// The files that player/ builds and the catalogues beside them, as they stand in the program's
/// GResource. Immutable; any thread.
struct Assets {
  /// By the name under /static/, which holds a hash of the bytes.
  std::map<std::string, Asset, std::less<>> files;
  /// Logical name → name under /static/.
  std::map<std::string, std::string, std::less<>> names;
  /// By the script's logical name.
  std::map<std::string, Preloads, std::less<>> preloads;
  Catalogue swedish;
  Catalogue english;

  [[nodiscard]] const Catalogue& catalogue(webcast::Language language) const {
    return language == webcast::Language::kSv ? swedish : english;
  }
  /// `/static/viewer-AB12.js` for "viewer.js".
  [[nodiscard]] std::string address(std::string_view logical_name) const;
};

/// Reads `/estrad` of the registered resources. An error says what the program was built without.
[[nodiscard]] Result<std::shared_ptr<const Assets>> load_assets();
/// From parts, as tests have them.
[[nodiscard]] Asset make_asset(std::string_view name, std::string_view bytes);

}  // namespace estrad::web
