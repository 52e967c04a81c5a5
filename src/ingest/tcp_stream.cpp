#include "ingest/tcp_stream.h"

#include <array>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "glib/handle.h"

namespace estrad::ingest {
namespace {

constexpr std::size_t kMostUnsent = std::size_t{1} << 20;
constexpr std::size_t kReadSize = std::size_t{64} << 10;

}  // namespace

TcpStream::TcpStream(glib::EventLoop& loop, glib::Ref<GSocket> socket, TcpReceiver& receiver)
    : loop_(loop), socket_(std::move(socket)), receiver_(receiver) {
  loop_.assert_current();
  g_socket_set_keepalive(socket_.get(), TRUE);
  // Our answers are small and waited for.
  g_socket_set_option(socket_.get(), IPPROTO_TCP, TCP_NODELAY, 1, nullptr);
  watch_reading();
}

TcpStream::~TcpStream() {
  unwatch(reading_);
  unwatch(writing_);
  g_socket_close(socket_.get(), nullptr);
}

bool TcpStream::send(Bytes bytes) {
  unsent_.insert(unsent_.end(), bytes.begin(), bytes.end());
  if (!writing_ && !write()) {
    watch_writing();
  }
  return unsent_.size() <= kMostUnsent;
}

void TcpStream::finish() {
  is_finishing_ = true;
  pause(false);
  if (unsent_.empty()) {
    g_socket_shutdown(socket_.get(), FALSE, TRUE, nullptr);
  }
}

void TcpStream::pause(bool is_paused) {
  if (is_paused) {
    unwatch(reading_);
  } else if (!reading_) {
    watch_reading();
  }
}

void TcpStream::watch_reading() {
  reading_ = glib::Ref<GSource>::adopt(g_socket_create_source(socket_.get(), G_IO_IN, nullptr));
  g_source_set_callback(reading_.get(), G_SOURCE_FUNC(&TcpStream::on_readable), this, nullptr);
  g_source_attach(reading_.get(), loop_.context());
}

void TcpStream::watch_writing() {
  writing_ = glib::Ref<GSource>::adopt(g_socket_create_source(socket_.get(), G_IO_OUT, nullptr));
  g_source_set_callback(writing_.get(), G_SOURCE_FUNC(&TcpStream::on_writable), this, nullptr);
  g_source_attach(writing_.get(), loop_.context());
}

void TcpStream::unwatch(glib::Ref<GSource>& source) {
  if (source) {
    g_source_destroy(source.get());
    source.reset();
  }
}

gboolean TcpStream::on_readable(GSocket* /*socket*/, GIOCondition /*condition*/,
                                gpointer data) noexcept {
  static_cast<TcpStream*>(data)->read();
  return G_SOURCE_CONTINUE;
}

gboolean TcpStream::on_writable(GSocket* /*socket*/, GIOCondition /*condition*/,
                                gpointer data) noexcept {
  auto* stream = static_cast<TcpStream*>(data);
  if (stream->write()) {
    stream->writing_.reset();
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

void TcpStream::read() {
  std::array<std::uint8_t, kReadSize> buffer;
  GError* raw = nullptr;
  const gssize count = g_socket_receive(socket_.get(), reinterpret_cast<gchar*>(buffer.data()),
                                        buffer.size(), nullptr, &raw);
  // Whatever is called last may destroy this stream.
  if (count > 0) {
    if (!is_finishing_) {
      receiver_.received(ByteView(buffer).first(static_cast<std::size_t>(count)));
    }
    return;
  }
  if (count == 0) {
    unwatch(reading_);
    receiver_.ended("the encoder closed the connection");
    return;
  }
  const glib::ErrorHandle error(raw);
  if (!g_error_matches(raw, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
    unwatch(reading_);
    receiver_.ended(std::string("the line broke: ") + error->message);
  }
}

bool TcpStream::write() {
  std::size_t sent = 0;
  while (sent < unsent_.size()) {
    GError* raw = nullptr;
    const gssize count =
        g_socket_send(socket_.get(), reinterpret_cast<const gchar*>(unsent_.data() + sent),
                      unsent_.size() - sent, nullptr, &raw);
    if (count < 0) {
      const glib::ErrorHandle error(raw);
      if (g_error_matches(raw, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
        unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(sent));
        return false;
      }
      break;  // the line broke: reading tells
    }
    sent += static_cast<std::size_t>(count);
  }
  unsent_.clear();
  if (is_finishing_) {
    g_socket_shutdown(socket_.get(), FALSE, TRUE, nullptr);
  }
  return true;
}

}  // namespace estrad::ingest
