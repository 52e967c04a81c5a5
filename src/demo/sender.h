#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <gst/gst.h>

#include "base/result.h"
#include "demo/presenter.h"
#include "glib/ref.h"

namespace estrad::demo {

/// One connection of the presenter: encodes what is pushed and sends it, until it fails. Pushing
/// never blocks; what the network does not take is left out. Lives on the presenter's thread.
class Sender {
 public:
  /// Fails when an element is missing. A connection that fails is told on the bus.
  [[nodiscard]] static Result<std::unique_ptr<Sender>> create(const PresenterOptions& options);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  /// Frame `index` of this connection, BGRx.
  void push_video(glib::Ref<GstBuffer> buffer, std::uint64_t index);
  /// The samples that belong to frame `index`, 32-bit float, one channel.
  void push_audio(glib::Ref<GstBuffer> buffer, std::uint64_t first_sample);

  /// Ends the stream in order, and waits for that a moment.
  void finish();

  [[nodiscard]] glib::Ref<GstBus> bus() const;

 private:
  explicit Sender(int frame_rate) : frame_rate_(frame_rate) {}

  // set once
  int frame_rate_;
  glib::Ref<GstElement> pipeline_;
  glib::Ref<GstElement> video_;
  glib::Ref<GstElement> audio_;
};

}  // namespace estrad::demo
