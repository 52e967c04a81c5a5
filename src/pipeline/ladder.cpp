#include "pipeline/ladder.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

namespace estrad::pipeline {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxFileBytes = 64 * 1024;
constexpr std::size_t kMaxRungs = 8;
constexpr std::uint32_t kSmallestSide = 32;
constexpr std::uint32_t kLargestSide = 4096;
constexpr std::uint32_t kSmallestBitrate = 16'000;
constexpr std::uint32_t kLargestBitrate = 100'000'000;

/// A JSON value that remembers its path, so that an error can name the key.
class Node {
 public:
  Node(const json& value, std::string path) : value_(value), path_(std::move(path)) {}

  [[nodiscard]] Result<Node> at(const std::string& key) const {
    if (!value_.is_object() || !value_.contains(key)) {
      return fail(invalid_field(child(key), child(key) + " is missing"));
    }
    return Node(value_.at(key), child(key));
  }
  [[nodiscard]] Result<std::uint32_t> number(const std::string& key, std::uint32_t lowest,
                                             std::uint32_t highest) const {
    return at(key).and_then([&](const Node& node) -> Result<std::uint32_t> {
      const json& value = node.value_;
      if (!value.is_number_unsigned() || value.get<std::uint64_t>() < lowest ||
          value.get<std::uint64_t>() > highest) {
        return fail(
            invalid_field(node.path_, fmt::format("{} is {}; it takes a number from {} to {}",
                                                  node.path_, value.dump(), lowest, highest)));
      }
      return value.get<std::uint32_t>();
    });
  }
  [[nodiscard]] Result<std::string> text(const std::string& key) const {
    return at(key).and_then([](const Node& node) -> Result<std::string> {
      if (!node.value_.is_string()) {
        return fail(invalid_field(node.path_, node.path_ + " must be text"));
      }
      return node.value_.get<std::string>();
    });
  }
  [[nodiscard]] Result<std::vector<Node>> list(const std::string& key) const {
    return at(key).and_then([](const Node& node) -> Result<std::vector<Node>> {
      if (!node.value_.is_array() || node.value_.empty() || node.value_.size() > kMaxRungs) {
        return fail(invalid_field(
            node.path_, fmt::format("{} must be a list of 1 to {} rungs", node.path_, kMaxRungs)));
      }
      std::vector<Node> nodes;
      for (const json& entry : node.value_) {
        nodes.emplace_back(entry, fmt::format("{}[{}]", node.path_, nodes.size()));
      }
      return nodes;
    });
  }
  [[nodiscard]] const json& value() const { return value_; }

 private:
  [[nodiscard]] std::string child(const std::string& key) const {
    return path_.empty() ? key : path_ + "." + key;
  }

  const json& value_;
  std::string path_;
};

Result<json> read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return fail(not_found("cannot be opened"));
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.size() > kMaxFileBytes) {
    return fail(invalid_input("is too long"));
  }
  try {
    return json::parse(text, nullptr, true, true);
  } catch (const json::exception& exception) {
    return fail(invalid_input(exception.what()));
  }
}

Result<LadderRung> read_ladder_rung(const Node& node) {
  const auto height = node.number("height", kSmallestSide, kLargestSide);
  if (!height) {
    return fail(height.error());
  }
  const auto bitrate = node.number("bitrate", kSmallestBitrate, kLargestBitrate);
  if (!bitrate) {
    return fail(bitrate.error());
  }
  return LadderRung{*height, *bitrate};
}

Result<EncoderRecipe> load_encoder(const std::filesystem::path& file) {
  const auto value = read_file(file);
  if (!value) {
    return fail(Error(value.error()).in(file.string()));
  }
  const Node root(*value, "");
  EncoderRecipe recipe;
  for (const auto& [key, target] :
       {std::pair{"codec", &recipe.codec}, std::pair{"element", &recipe.element},
        std::pair{"properties", &recipe.properties}, std::pair{"caps", &recipe.caps}}) {
    auto text = root.text(key);
    if (!text) {
      return fail(std::move(text).error().in(file.string()));
    }
    *target = std::move(*text);
  }
  return recipe;
}

Result<EncoderRecipe> load_named_encoder(const std::filesystem::path& ladder_file,
                                         const Node& encoders, const std::string& kind) {
  const auto name = encoders.text(kind);
  if (!name) {
    return fail(Error(name.error()).in(ladder_file.string()));
  }
  return load_encoder(ladder_file.parent_path() / "encoders" / (*name + ".json"));
}

Result<Ladder> read_ladder(const Node& root) {
  Ladder ladder;
  const auto rungs = root.list("video");
  if (!rungs) {
    return fail(rungs.error());
  }
  for (const Node& node : *rungs) {
    const auto rung = read_ladder_rung(node);
    if (!rung) {
      return fail(rung.error());
    }
    ladder.video.push_back(*rung);
  }
  std::sort(ladder.video.begin(), ladder.video.end(),
            [](const LadderRung& a, const LadderRung& b) { return a.height > b.height; });
  const auto same = std::adjacent_find(
      ladder.video.begin(), ladder.video.end(),
      [](const LadderRung& a, const LadderRung& b) { return a.height == b.height; });
  if (same != ladder.video.end()) {
    return fail(invalid_field("video", fmt::format("video has height {} twice", same->height)));
  }
  const auto audio = root.at("audio").and_then(
      [](const Node& node) { return node.number("bitrate", kSmallestBitrate, 512'000); });
  if (!audio) {
    return fail(audio.error());
  }
  ladder.audio_bitrate = *audio;
  return ladder;
}

std::uint32_t even(double value) {
  return std::max(2U, static_cast<std::uint32_t>(std::lround(value / 2)) * 2);
}

/// Even without growing: the source's own odd line is dropped.
std::uint32_t even_below(std::uint32_t value) {
  return std::max(2U, value & ~1U);
}

/// The largest size of the source's shape inside the rung's box.
PictureSize fit(const LadderRung& rung, PictureSize source) {
  double box_width = std::round(rung.height * 16.0 / 9.0);
  double box_height = rung.height;
  if (source.height > source.width) {
    std::swap(box_width, box_height);
  }
  const double scale = std::min(box_width / source.width, box_height / source.height);
  if (scale >= 1) {
    return {even_below(source.width), even_below(source.height)};
  }
  return {even(source.width * scale), even(source.height * scale)};
}

/// Whether the source fills the rung's box one way or the other (a line or two may be missing).
bool is_filled_by(const LadderRung& rung, PictureSize source) {
  const std::uint32_t short_side = std::min(source.width, source.height);
  const std::uint32_t long_side = std::max(source.width, source.height);
  constexpr std::uint32_t kTolerance = 8;
  return short_side + kTolerance >= rung.height || long_side + kTolerance >= rung.height * 16 / 9;
}

Result<Rung> read_frozen_rung(const Node& node) {
  Rung rung;
  auto name = node.text("name");
  if (!name) {
    return fail(std::move(name).error());
  }
  rung.name = std::move(*name);
  const auto width = node.number("width", 2, kLargestSide);
  const auto height = node.number("height", 2, kLargestSide);
  const auto bitrate = node.number("bitrate", kSmallestBitrate, kLargestBitrate);
  for (const auto* number : {&width, &height, &bitrate}) {
    if (!*number) {
      return fail(number->error());
    }
  }
  rung.width = even_below(*width);
  rung.height = even_below(*height);
  rung.bitrate = *bitrate;
  return rung;
}

Result<FrozenTracks> read_frozen(const Node& root) {
  FrozenTracks frozen;
  const auto rungs = root.list("video");
  if (!rungs) {
    return fail(rungs.error());
  }
  for (const Node& node : *rungs) {
    auto rung = read_frozen_rung(node);
    if (!rung) {
      return fail(std::move(rung).error());
    }
    frozen.video.push_back(std::move(*rung));
    const double rate = node.value().value("frame_rate", 0.0);
    if (rate >= 1 && rate <= 240) {
      frozen.frame_rate = rate;
    }
  }
  if (root.value().contains("audio")) {
    const json& audio = root.value().at("audio");
    frozen.audio_name = audio.value("name", frozen.audio_name);
    frozen.audio_bitrate = audio.value("bitrate", 0U);
    frozen.language = audio.value("language", std::string());
  }
  return frozen;
}

}  // namespace

Result<Ladder> load_ladder(const std::filesystem::path& file) {
  const auto value = read_file(file);
  if (!value) {
    return fail(Error(value.error()).in(file.string()));
  }
  const Node root(*value, "");
  auto ladder = read_ladder(root);
  if (!ladder) {
    return fail(std::move(ladder).error().in(file.string()));
  }
  const auto encoders = root.at("encoders");
  if (!encoders) {
    return fail(Error(encoders.error()).in(file.string()));
  }
  auto video = load_named_encoder(file, *encoders, "video");
  if (!video) {
    return fail(std::move(video).error());
  }
  auto audio = load_named_encoder(file, *encoders, "audio");
  if (!audio) {
    return fail(std::move(audio).error());
  }
  ladder->video_encoder = std::move(*video);
  ladder->audio_encoder = std::move(*audio);
  return ladder;
}

std::vector<Rung> choose_rungs(const Ladder& ladder, PictureSize source) {
  std::vector<Rung> rungs;
  for (const LadderRung& rung : ladder.video) {
    if (is_filled_by(rung, source)) {
      const PictureSize size = fit(rung, source);
      rungs.push_back({fmt::format("v{}", rung.height), size.width, size.height, rung.bitrate});
    }
  }
  if (rungs.empty()) {
    const std::uint32_t height = even_below(source.height);
    rungs.push_back({fmt::format("v{}", height), even_below(source.width), height,
                     ladder.video.back().bitrate});
  }
  return rungs;
}

Result<FrozenTracks> parse_frozen(std::string_view text) {
  const json value = json::parse(text, nullptr, false);
  try {
    auto frozen = read_frozen(Node(value, ""));
    if (!frozen) {
      return fail(std::move(frozen).error().in("--frozen"));
    }
    return frozen;
  } catch (const json::exception& exception) {
    return fail(invalid_input(std::string("--frozen: ") + exception.what()));
  }
}

}  // namespace estrad::pipeline
