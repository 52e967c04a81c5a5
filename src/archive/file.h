#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "glib/handle.h"

namespace estrad::archive {

/// An open file of an archive. Reads and writes at given places, so it has no position and may be
/// shared between threads. Errors name the path, and how to mend what an operator can mend.
class File {
 public:
  enum class Mode {
    kRead,
    /// Made when it is not there.
    kWrite,
    /// Emptied first.
    kNew,
  };
  [[nodiscard]] static Result<std::shared_ptr<const File>> open(std::filesystem::path path,
                                                                Mode mode);

  File(std::filesystem::path path, glib::Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Result<std::uint64_t> size() const;
  /// All of `count` bytes, or an error.
  [[nodiscard]] Result<Bytes> read(std::uint64_t offset, std::size_t count) const;
  /// All of `bytes`; on an error the file is cut back to `offset`.
  [[nodiscard]] Status write(std::uint64_t offset, ByteView bytes) const;
  [[nodiscard]] Status cut(std::uint64_t size) const;
  [[nodiscard]] Status sync() const;

 private:
  std::filesystem::path path_;
  glib::Fd fd_;
};

/// Reads a small file whole; at most `limit` bytes.
[[nodiscard]] Result<std::string> read_text(const std::filesystem::path& path, std::size_t limit);
/// Replaces a small file so that it is either the old or the new one, also after a power cut.
[[nodiscard]] Status replace_text(const std::filesystem::path& path, std::string_view text);
/// Makes a folder and those above it.
[[nodiscard]] Status make_folder(const std::filesystem::path& path);

/// `unavailable` with the path and a word on what to do: free space, mount writable, permissions.
[[nodiscard]] Error file_error(std::string_view doing, const std::filesystem::path& path,
                               int error_number);

}  // namespace estrad::archive
