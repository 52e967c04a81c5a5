#include "live/pipe_writer.h"

#include <cerrno>
#include <utility>

#include <glib-unix.h>
#include <sys/socket.h>

namespace estrad::live {

PipeWriter::PipeWriter(const glib::EventLoop& loop, glib::Fd socket, std::size_t limit)
    : loop_(loop), limit_(limit), socket_(std::move(socket)) {}

PipeWriter::~PipeWriter() {
  close();
}

bool PipeWriter::write(SharedBytes bytes) {
  loop_.assert_current();
  if (!socket_ || is_closing_ || bytes->empty()) {
    return true;
  }
  if (waiting_ + bytes->size() > limit_) {
    return false;
  }
  waiting_ += bytes->size();
  queue_.push_back(std::move(bytes));
  if (!room_source_) {
    flush();
  }
  return true;
}

void PipeWriter::close_when_empty() {
  is_closing_ = true;
  if (queue_.empty()) {
    close();
  }
}

void PipeWriter::flush() {
  while (!queue_.empty()) {
    const SharedBytes& first = queue_.front();
    const ssize_t sent = ::send(socket_.get(), first->data() + sent_of_first_,
                                first->size() - sent_of_first_, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) {
        continue;
      }
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        wait_for_room();
        return;
      }
      close();
      return;
    }
    waiting_ -= static_cast<std::size_t>(sent);
    sent_of_first_ += static_cast<std::size_t>(sent);
    if (sent_of_first_ == first->size()) {
      queue_.pop_front();
      sent_of_first_ = 0;
    }
  }
  stop_waiting();
  if (is_closing_) {
    close();
  }
}

void PipeWriter::wait_for_room() {
  if (room_source_) {
    return;
  }
  room_source_ = glib::Ref<GSource>::adopt(g_unix_fd_source_new(
      socket_.get(), static_cast<GIOCondition>(G_IO_OUT | G_IO_HUP | G_IO_ERR)));
  const GUnixFDSourceFunc room = [](gint /*fd*/, GIOCondition /*condition*/,
                                    gpointer self) noexcept -> gboolean {
    static_cast<PipeWriter*>(self)->flush();
    return G_SOURCE_CONTINUE;  // flush destroys the source when nothing waits any more
  };
  g_source_set_callback(room_source_.get(), G_SOURCE_FUNC(room), this, nullptr);
  g_source_attach(room_source_.get(), loop_.context());
}

void PipeWriter::stop_waiting() {
  if (room_source_) {
    g_source_destroy(room_source_.get());
    room_source_.reset();
  }
}

void PipeWriter::close() {
  stop_waiting();
  socket_.reset();
  queue_.clear();
  sent_of_first_ = 0;
  waiting_ = 0;
}

}  // namespace estrad::live
