#include "pipeline/control_reader.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace estrad::pipeline {
namespace {

constexpr std::size_t kMaxLine = 4096;

}  // namespace

ControlReader::ControlReader(int fd) : fd_(fd) {
  const int flags = fd < 0 ? -1 : fcntl(fd, F_GETFL);
  // Run by hand, descriptor 3 is whatever the shell left there: only a readable one counts.
  if (flags < 0 || (flags & O_ACCMODE) == O_WRONLY) {
    fd_ = -1;
  }
}

void ControlReader::read(const std::function<void(Control)>& on_word) {
  std::array<char, 1024> bytes{};
  const ssize_t count = ::read(fd_, bytes.data(), bytes.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
    return;
  }
  if (count <= 0) {
    fd_ = -1;
    return;
  }
  line_.append(bytes.data(), static_cast<std::size_t>(count));
  for (std::size_t end = line_.find('\n'); end != std::string::npos; end = line_.find('\n')) {
    if (const auto word = parse_control(std::string_view(line_).substr(0, end))) {
      on_word(*word);
    }
    line_.erase(0, end + 1);
  }
  if (line_.size() > kMaxLine) {
    line_.clear();
  }
}

}  // namespace estrad::pipeline
