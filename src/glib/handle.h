#pragma once

#include <memory>
#include <string>
#include <utility>

#include <gio/gio.h>
#include <unistd.h>

namespace estrad::glib {

/// Calls a C function as a unique_ptr's deleter.
template <auto function>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    function(object);
  }
};

/// Sole ownership of a C object that is freed by `function`.
template <typename T, auto function>
using Handle = std::unique_ptr<T, Deleter<function>>;

using Text = Handle<char, g_free>;
using ErrorHandle = Handle<GError, g_error_free>;

/// The text of a GError out-parameter, which is taken over; "unknown error" when it is not set.
[[nodiscard]] inline std::string take_message(GError* error) {
  if (error == nullptr) {
    return "unknown error";
  }
  return ErrorHandle(error)->message;
}

/// A file descriptor that is closed once. Movable.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    reset(std::exchange(other.fd_, -1));
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1) {
    if (fd_ >= 0) {
      ::close(fd_);
    }
    fd_ = fd;
  }

 private:
  int fd_ = -1;
};

}  // namespace estrad::glib
