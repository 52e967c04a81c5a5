#include "archive/file.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace estrad::archive {
namespace {

int flags_of(File::Mode mode) {
  switch (mode) {
    case File::Mode::kRead:
      return O_RDONLY | O_CLOEXEC;
    case File::Mode::kWrite:
      return O_RDWR | O_CREAT | O_CLOEXEC;
    case File::Mode::kNew:
      return O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC;
  }
  return O_RDONLY;
}

std::string_view how_to_mend(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return " (free some space, or move data.dir to a larger disk)";
    case EROFS:
      return " (mount the disk writable)";
    case EACCES:
    case EPERM:
      return " (give the user that Estrad runs as the right to write there)";
    case EMFILE:
    case ENFILE:
      return " (raise the limit of open files)";
    case EIO:
      return " (the disk reports a fault: look at the kernel's log)";
    default:
      return "";
  }
}

}  // namespace

Error file_error(std::string_view doing, const std::filesystem::path& path, int error_number) {
  Error error = unavailable_errno(std::string(doing) + " " + path.string(), error_number);
  if (error_number == ENOENT) {
    error.kind = ErrorKind::kNotFound;
  }
  error.message += how_to_mend(error_number);
  return error;
}

Result<std::shared_ptr<const File>> File::open(std::filesystem::path path, Mode mode) {
  constexpr mode_t kOwnerAndGroup = 0640;
  glib::Fd fd(::open(path.c_str(), flags_of(mode), kOwnerAndGroup));
  if (!fd) {
    return fail(file_error("open", path, errno));
  }
  return std::make_shared<const File>(std::move(path), std::move(fd));
}

Result<std::uint64_t> File::size() const {
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0) {
    return fail(file_error("read", path_, errno));
  }
  return static_cast<std::uint64_t>(status.st_size);
}

Result<Bytes> File::read(std::uint64_t offset, std::size_t count) const {
  Bytes bytes(count);
  for (std::size_t done = 0; done < count;) {
    const ssize_t got =
        ::pread(fd_.get(), bytes.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return fail(file_error("read", path_, errno));
    }
    if (got == 0) {
      return fail(media_error("read " + path_.string() + ": it is shorter than its index says"));
    }
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

Status File::write(std::uint64_t offset, ByteView bytes) const {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t put = ::pwrite(fd_.get(), bytes.data() + done, bytes.size() - done,
                                 static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) {
      continue;
    }
    if (put <= 0) {
      const int error_number = put == 0 ? ENOSPC : errno;
      static_cast<void>(cut(offset));
      return fail(file_error("write", path_, error_number));
    }
    done += static_cast<std::size_t>(put);
  }
  return {};
}

Status File::cut(std::uint64_t size) const {
  if (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) {
    return fail(file_error("cut", path_, errno));
  }
  return {};
}

Status File::sync() const {
  if (::fdatasync(fd_.get()) != 0) {
    return fail(file_error("sync", path_, errno));
  }
  return {};
}

Result<std::string> read_text(const std::filesystem::path& path, std::size_t limit) {
  auto file = File::open(path, File::Mode::kRead);
  if (!file) {
    return fail(file.error());
  }
  const auto size = (*file)->size();
  if (!size) {
    return fail(size.error());
  }
  if (*size > limit) {
    return fail(media_error("read " + path.string() + ": it is too large"));
  }
  const auto bytes = (*file)->read(0, static_cast<std::size_t>(*size));
  if (!bytes) {
    return fail(bytes.error());
  }
  return std::string(as_text(*bytes));
}

Status replace_text(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path fresh = path;
  fresh += ".new";
  const auto file = File::open(fresh, File::Mode::kNew);
  if (!file) {
    return fail(file.error());
  }
  if (const auto written = (*file)->write(0, as_bytes(text)); !written) {
    return written;
  }
  if (const auto synced = (*file)->sync(); !synced) {
    return synced;
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    return fail(file_error("write", path, errno));
  }
  const auto folder = File::open(path.parent_path(), File::Mode::kRead);
  return folder ? (*folder)->sync() : Status(fail(folder.error()));
}

Status make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    return fail(file_error("make folder", path, error.value()));
  }
  return {};
}

}  // namespace estrad::archive
