#pragma once

#include <functional>
#include <string>

#include "pipeline/framing.h"

namespace estrad::pipeline {

/// Reads control words off a descriptor, line by line, without waiting. A descriptor that is not
/// open gives none. Used on one thread.
class ControlReader {
 public:
  explicit ControlReader(int fd);

  /// For poll(2); -1 when there is nothing to wait for any more.
  [[nodiscard]] int fd() const { return fd_; }
  /// Reads what is there; lines that make no sense are passed over. At the end of the stream the
  /// parent has let go, which is no word.
  void read(const std::function<void(Control)>& on_word);

 private:
  int fd_;
  std::string line_;
};

}  // namespace estrad::pipeline
