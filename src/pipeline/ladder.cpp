#include "pipeline/ladder.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "pipeline/json_file.h"

namespace estrad::pipeline {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxRungs = 8;
constexpr std::uint32_t kSmallestSide = 32;
constexpr std::uint32_t kLargestSide = 4096;
constexpr std::uint32_t kSmallestBitrate = 16'000;
constexpr std::uint32_t kLargestBitrate = 100'000'000;

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<LadderRung> read_ladder_rung(const JsonNode& node) {
  if (auto checked = node.only({"height", "bitrate", "passthrough"}); !checked) {
    return fail(std::move(checked).error());
  }
  const auto height = node.number("height", kSmallestSide, kLargestSide);
  if (!height) {
    return fail(height.error());
  }
  const auto bitrate = node.number("bitrate", kSmallestBitrate, kLargestBitrate);
  if (!bitrate) {
    return fail(bitrate.error());
  }
  LadderRung rung{*height, *bitrate, 0};
  if (node.has("passthrough")) {
    const auto passthrough = node.number("passthrough", kSmallestBitrate, kLargestBitrate);
    if (!passthrough) {
      return fail(passthrough.error());
    }
    rung.passthrough = *passthrough;
  }
  return rung;
}

Result<EncoderRecipe> read_encoder(const JsonNode& root, const std::string& codec) {
  if (auto checked = root.only({"codec", "element", "properties", "caps"}); !checked) {
    return fail(std::move(checked).error());
  }
  EncoderRecipe recipe;
  for (const auto& [key, target] :
       {std::pair{"codec", &recipe.codec}, std::pair{"element", &recipe.element},
        std::pair{"properties", &recipe.properties}, std::pair{"caps", &recipe.caps}}) {
    auto text = root.text(key);
    if (!text) {
      return fail(std::move(text).error());
    }
    *target = std::move(*text);
  }
  if (recipe.codec != codec) {
    return fail(root.at("codec")->error(
        fmt::format("codec is \"{}\"; players are given {}", recipe.codec, codec)));
  }
  return recipe;
}

/// The file of encoders/ that the ladder names for this kind of track.
Result<EncoderRecipe> load_encoder(const std::filesystem::path& folder, const JsonNode& ladder,
                                   const std::string& kind, const std::string& codec) {
  const auto encoders = ladder.at("encoders");
  if (!encoders) {
    return fail(encoders.error());
  }
  if (auto checked = encoders->only({"video", "audio"}); !checked) {
    return fail(std::move(checked).error());
  }
  const auto name = encoders->text(kind);
  if (!name) {
    return fail(name.error());
  }
  if (!is_plain_name(*name)) {
    return fail(encoders->at(kind)->error(
        fmt::format("encoders.{} is \"{}\"; it takes the name of a file of encoders/, without its "
                    "ending: lower-case letters, digits and dashes",
                    kind, *name)));
  }
  const auto root = JsonNode::read_file(folder / "encoders" / (*name + ".json"));
  if (!root) {
    return fail(encoders->at(kind)->error("encoders." + kind + ": " + root.error().message));
  }
  return read_encoder(*root, codec);
}

Result<std::vector<LadderRung>> read_rungs(const JsonNode& root) {
  const auto nodes = root.list("video", kMaxRungs);
  if (!nodes) {
    return fail(nodes.error());
  }
  std::vector<LadderRung> rungs;
  for (const JsonNode& node : *nodes) {
    const auto rung = read_ladder_rung(node);
    if (!rung) {
      return fail(rung.error());
    }
    const bool is_lower = rungs.empty() || rung->height < rungs.back().height;
    if (!is_lower) {
      return fail(node.at("height")->error(
          fmt::format("{}.height is {}; rungs stand highest first, each height once", node.path(),
                      rung->height)));
    }
    rungs.push_back(*rung);
  }
  return rungs;
}

Result<Ladder> read_ladder(const JsonNode& root) {
  if (auto checked = root.only({"video", "audio", "encoders"}); !checked) {
    return fail(std::move(checked).error());
  }
  Ladder ladder;
  auto rungs = read_rungs(root);
  if (!rungs) {
    return fail(std::move(rungs).error());
  }
  ladder.video = std::move(*rungs);
  const auto audio = root.at("audio").and_then([](const JsonNode& node) {
    return node.only({"bitrate"}).and_then([&node] {
      return node.number("bitrate", kSmallestBitrate, 512'000);
    });
  });
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

Result<Rung> read_frozen_rung(const JsonNode& node) {
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

Result<FrozenTracks> read_frozen(const JsonNode& root) {
  FrozenTracks frozen;
  const auto rungs = root.list("video", kMaxRungs);
  if (!rungs) {
    return fail(rungs.error());
  }
  for (const JsonNode& node : *rungs) {
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
  const auto root = JsonNode::read_file(file);
  if (!root) {
    return fail(root.error());
  }
  auto ladder = read_ladder(*root);
  if (!ladder) {
    return ladder;
  }
  for (const auto& [kind, codec, target] : {std::tuple{"video", "h264", &ladder->video_encoder},
                                            std::tuple{"audio", "aac", &ladder->audio_encoder}}) {
    auto recipe = load_encoder(file.parent_path(), *root, kind, codec);
    if (!recipe) {
      return fail(std::move(recipe).error());
    }
    *target = std::move(*recipe);
  }
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

std::uint32_t passthrough_cap(const Ladder& ladder, const Rung& rung) {
  const auto found = std::find_if(
      ladder.video.begin(), ladder.video.end(),
      [&rung](const LadderRung& line) { return fmt::format("v{}", line.height) == rung.name; });
  return found != ladder.video.end() ? found->passthrough : ladder.video.back().passthrough;
}

Result<FrozenTracks> parse_frozen(std::string_view text) {
  const auto root = JsonNode::read_text(text, "--frozen");
  if (!root) {
    return fail(root.error());
  }
  try {
    return read_frozen(*root);
  } catch (const json::exception& exception) {
    return fail(root->error(exception.what()));
  }
}

}  // namespace estrad::pipeline
