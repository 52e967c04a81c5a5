#pragma once

#include <cstddef>
#include <deque>

#include "base/bytes.h"
#include "glib/event_loop.h"
#include "glib/handle.h"

namespace estrad::live {

/// Writes to a non-blocking socket as fast as the other side reads, and holds a bounded number of
/// bytes meanwhile. When the other side is gone, what comes is dropped in silence. Lives on its
/// loop.
class PipeWriter {
 public:
  PipeWriter(const glib::EventLoop& loop, glib::Fd socket, std::size_t limit);
  ~PipeWriter();
  PipeWriter(const PipeWriter&) = delete;
  PipeWriter& operator=(const PipeWriter&) = delete;

  /// False, and nothing queued, when more than the limit would wait.
  [[nodiscard]] bool write(SharedBytes bytes);
  void close_when_empty();
  [[nodiscard]] std::size_t waiting() const { return waiting_; }

 private:
  void flush();
  void wait_for_room();
  void stop_waiting();
  void close();

  // set once
  const glib::EventLoop& loop_;
  std::size_t limit_;

  // its loop only
  glib::Fd socket_;
  std::deque<SharedBytes> queue_;
  std::size_t sent_of_first_ = 0;
  std::size_t waiting_ = 0;
  bool is_closing_ = false;
  glib::Ref<GSource> room_source_;
};

}  // namespace estrad::live
