#pragma once

#include <cstddef>
#include <string>

#include <gio/gio.h>

#include "base/bytes.h"
#include "glib/event_loop.h"
#include "glib/ref.h"

namespace estrad::ingest {

/// What comes of a stream. The receiver may destroy the stream within any of these.
class TcpReceiver {
 public:
  virtual ~TcpReceiver() = default;
  virtual void received(ByteView bytes) = 0;
  /// The other side has closed, or the line broke. Nothing more comes.
  virtual void ended(const std::string& reason) = 0;
};

/// One accepted, non-blocking TCP connection. Lives on its loop; destroying it closes the
/// connection at once.
class TcpStream {
 public:
  TcpStream(glib::EventLoop& loop, glib::Ref<GSocket> socket, TcpReceiver& receiver);
  ~TcpStream();
  TcpStream(const TcpStream&) = delete;
  TcpStream& operator=(const TcpStream&) = delete;

  /// Sends soon, in order. False when the other side does not read and more than 1 MiB waits.
  [[nodiscard]] bool send(Bytes bytes);
  /// Sends what waits, then says that there is no more. What still comes is read and thrown away
  /// until the other side closes too (`ended`): closing on unread bytes would reset the line and
  /// lose our last words.
  void finish();
  /// Stops and resumes reading.
  void pause(bool is_paused);

 private:
  static gboolean on_readable(GSocket* socket, GIOCondition condition, gpointer data) noexcept;
  static gboolean on_writable(GSocket* socket, GIOCondition condition, gpointer data) noexcept;
  void read();
  /// False when the rest has to wait.
  bool write();
  void watch_reading();
  void watch_writing();
  static void unwatch(glib::Ref<GSource>& source);

  // set once
  glib::EventLoop& loop_;
  glib::Ref<GSocket> socket_;
  TcpReceiver& receiver_;

  // loop only
  glib::Ref<GSource> reading_;
  glib::Ref<GSource> writing_;
  Bytes unsent_;
  bool is_finishing_ = false;
};

}  // namespace estrad::ingest
