#include "archive/take_files.h"

#include <string>
#include <utility>

#include "archive/file.h"

namespace estrad::archive {
namespace {

std::filesystem::path info_path(const std::filesystem::path& folder) {
  return folder / "take.json";
}

}  // namespace

std::filesystem::path take_path(const std::filesystem::path& root, const TakeAddress& address) {
  return root / address.event / address.take;
}

std::filesystem::path media_path(const std::filesystem::path& folder, std::string_view track,
                                 std::uint32_t number) {
  return folder / (std::string(track) + "-" + std::to_string(number) + ".mp4");
}

std::filesystem::path index_path(const std::filesystem::path& folder, std::string_view track) {
  return folder / (std::string(track) + ".index");
}

Result<TakeInfo> read_info(const std::filesystem::path& folder, TakeAddress address) {
  constexpr std::size_t kLargest = 1 << 20;
  const auto text = read_text(info_path(folder), kLargest);
  if (!text && text.error().kind == ErrorKind::kNotFound) {
    return fail(not_found("no such recording"));
  }
  if (!text) {
    return fail(text.error());
  }
  auto info = parse_take(*text, std::move(address));
  if (!info) {
    return fail(std::move(info).error().in(folder.string()));
  }
  return info;
}

Status write_info(const std::filesystem::path& folder, const TakeInfo& info) {
  return replace_text(info_path(folder), to_json(info));
}

}  // namespace estrad::archive
