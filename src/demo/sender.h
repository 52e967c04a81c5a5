#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include <gst/gst.h>
#include <gst/video/video.h>

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

  /// Frame `index` of this connection: a whole picture, BGRx, its lines without padding. Copied.
  void push_video(const std::uint8_t* picture, std::uint64_t index);
  /// The samples that belong to frame `index`, 32-bit float, one channel. Copied.
  void push_audio(std::span<const float> samples, std::uint64_t first_sample);

  /// Ends the stream in order, and waits for that a moment.
  void finish();

  [[nodiscard]] glib::Ref<GstBus> bus() const;

 private:
  explicit Sender(const PresenterOptions& options);

  // set once
  int frame_rate_;
  GstVideoInfo format_;  ///< of the encoder's input
  glib::Ref<GstElement> pipeline_;
  glib::Ref<GstElement> video_;
  glib::Ref<GstElement> audio_;
};

}  // namespace estrad::demo
