#include "hls/media_name.h"

#include <limits>

#include <spdlog/fmt/fmt.h>

#include "base/text.h"

namespace estrad::hls {
namespace {

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '0') {
    return std::nullopt;
  }
  const auto value = parse_u64(text);
  if (!value || *value > std::numeric_limits<Number>::max()) {
    return std::nullopt;
  }
  return static_cast<Number>(*value);
}

/// "name.m4s" → "name"; nullopt with another ending.
std::optional<std::string_view> without_ending(std::string_view file, std::string_view ending) {
  if (!file.ends_with(ending)) {
    return std::nullopt;
  }
  return file.substr(0, file.size() - ending.size());
}

std::optional<MediaName> parse_init(std::string_view file) {
  constexpr std::string_view kStart = "init-";
  const auto stem = without_ending(file, ".mp4");
  if (!stem || !stem->starts_with(kStart)) {
    return std::nullopt;
  }
  const auto number = parse_number<std::uint32_t>(stem->substr(kStart.size()));
  if (!number) {
    return std::nullopt;
  }
  return InitName{*number};
}

std::optional<MediaName> parse_numbered(std::string_view stem) {
  const std::size_t dash = stem.find('-');
  if (dash == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t dot = stem.find('.', dash);
  const auto run = parse_number<std::uint32_t>(stem.substr(0, dash));
  const auto msn = parse_number<std::uint64_t>(
      stem.substr(dash + 1, dot == std::string_view::npos ? dot : dot - dash - 1));
  if (!run || !msn) {
    return std::nullopt;
  }
  if (dot == std::string_view::npos) {
    return SegmentName{*run, *msn};
  }
  const auto part = parse_number<std::uint32_t>(stem.substr(dot + 1));
  if (!part) {
    return std::nullopt;
  }
  return PartName{*run, *msn, *part};
}

struct Speller {
  std::string operator()(const InitName& name) const {
    return fmt::format("init-{}.mp4", name.number);
  }
  std::string operator()(const SegmentName& name) const {
    return fmt::format("{}-{}.m4s", name.run, name.msn);
  }
  std::string operator()(const PartName& name) const {
    return fmt::format("{}-{}.{}.m4s", name.run, name.msn, name.part);
  }
};

}  // namespace

std::optional<MediaName> parse_media_name(std::string_view file) {
  if (const auto stem = without_ending(file, ".m4s")) {
    return parse_numbered(*stem);
  }
  return parse_init(file);
}

std::string to_string(const MediaName& name) {
  return std::visit(Speller(), name);
}

}  // namespace estrad::hls
