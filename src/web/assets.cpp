#include "web/assets.h"

#include <algorithm>

#include <gio/gio.h>
#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "base/text.h"
#include "glib/handle.h"
#include "glib/ref.h"
#include "player_assets.h"

namespace estrad::web {
namespace {

Result<std::string> read_resource(const std::string& path) {
  GError* error = nullptr;
  const auto bytes = glib::Ref<GBytes>::adopt(
      g_resources_lookup_data(path.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, &error));
  if (!bytes) {
    return fail(internal_error("built without " + path + ": " + glib::take_message(error)));
  }
  gsize size = 0;
  const auto* data = static_cast<const char*>(g_bytes_get_data(bytes.get(), &size));
  return data == nullptr ? std::string() : std::string(data, size);
}

Result<std::map<std::string, std::string, std::less<>>> text_map(std::string_view json) {
  const auto object = nlohmann::json::parse(json, nullptr, false);
  if (!object.is_object()) {
    return fail(internal_error("not a JSON object"));
  }
  std::map<std::string, std::string, std::less<>> map;
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) {
      return fail(internal_error("\"" + key + "\" is not a text"));
    }
    map[key] = value.get<std::string>();
  }
  return map;
}

Result<std::map<std::string, Preloads, std::less<>>> read_preloads() {
  constexpr const char* kPath = "/estrad/static/preloads.json";
  const auto text = read_resource(kPath);
  if (!text) {
    return fail(text.error());
  }
  const auto object = nlohmann::json::parse(*text, nullptr, false);
  std::map<std::string, Preloads, std::less<>> preloads;
  try {
    for (const auto& [script, lists] : object.items()) {
      preloads[script] = {lists.at("now").get<std::vector<std::string>>(),
                          lists.at("playing").get<std::vector<std::string>>()};
    }
  } catch (const nlohmann::json::exception&) {
    return fail(internal_error("not lists of names for each script").in(kPath));
  }
  return preloads;
}

std::string_view content_type_of(std::string_view name) {
  const std::string_view extension = name.substr(std::min(name.rfind('.'), name.size()));
  if (extension == ".js") {
    return "text/javascript; charset=utf-8";
  }
  if (extension == ".css") {
    return "text/css; charset=utf-8";
  }
  if (extension == ".svg") {
    return "image/svg+xml";
  }
  if (extension == ".json" || extension == ".map") {
    return "application/json";
  }
  if (extension == ".png") {
    return "image/png";
  }
  if (extension == ".woff2") {
    return "font/woff2";
  }
  return "application/octet-stream";
}

Result<Catalogue> read_catalogue(const std::string& path) {
  auto text = read_resource(path);
  if (!text) {
    return fail(std::move(text).error());
  }
  auto catalogue = Catalogue::create(*text);
  if (!catalogue) {
    return fail(std::move(catalogue).error().in(path));
  }
  return catalogue;
}

}  // namespace

Result<Catalogue> Catalogue::create(std::string_view json) {
  auto texts = text_map(json);
  if (!texts) {
    return fail(std::move(texts).error());
  }
  Catalogue catalogue;
  catalogue.texts_ = std::move(*texts);
  return catalogue;
}

std::string Catalogue::text(std::string_view key, const Values& values) const {
  const auto found = texts_.find(key);
  std::string text = found == texts_.end() ? std::string(key) : found->second;
  for (const auto& [name, value] : values) {
    const std::string place = "{" + std::string(name) + "}";
    if (const std::size_t at = text.find(place); at != std::string::npos) {
      text.replace(at, place.size(), value);
    }
  }
  return text;
}

std::string Assets::address(std::string_view logical_name) const {
  const auto found = names.find(logical_name);
  return "/static/" + (found == names.end() ? std::string(logical_name) : found->second);
}

Asset make_asset(std::string_view name, std::string_view bytes) {
  Asset asset{std::string(content_type_of(name)), share(bytes), nullptr};
  const bool is_packed = asset.content_type == "image/png" || asset.content_type == "font/woff2";
  if (!is_packed) {
    asset.gzip = share(gzip(bytes));
  }
  return asset;
}

Result<std::shared_ptr<const Assets>> load_assets() {
  // Names the resource, so that the linker keeps it; it registers itself.
  static_cast<void>(estrad_player_get_resource());
  auto assets = std::make_shared<Assets>();
  const auto manifest = read_resource("/estrad/static/manifest.json");
  if (!manifest) {
    return fail(manifest.error());
  }
  auto names = text_map(*manifest);
  if (!names) {
    return fail(std::move(names).error().in("/estrad/static/manifest.json"));
  }
  assets->names = std::move(*names);
  for (const auto& [logical, name] : assets->names) {
    const auto bytes = read_resource("/estrad/static/" + name);
    if (!bytes) {
      return fail(bytes.error());
    }
    assets->files[name] = make_asset(name, *bytes);
  }
  auto preloads = read_preloads();
  if (!preloads) {
    return fail(std::move(preloads).error());
  }
  assets->preloads = std::move(*preloads);
  auto swedish = read_catalogue("/estrad/locales/sv.json");
  auto english = read_catalogue("/estrad/locales/en.json");
  if (!swedish || !english) {
    return fail(swedish ? std::move(english).error() : std::move(swedish).error());
  }
  assets->swedish = std::move(*swedish);
  assets->english = std::move(*english);
  return assets;
}

}  // namespace estrad::web
