#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "glib/ref.h"
#include "pipeline/media_time.h"

namespace estrad::pipeline {

/// A running GStreamer pipeline with one entrance and some exits: the decoders and the encoders
/// are each one of these, so that the time line between them is in our hands.
///
/// The text (gst_parse_launch) names its appsrc `in` and its appsinks `out0`, `out1`… `push` and
/// `end` come from one thread at a time; callbacks come on GStreamer's threads, one thread for each
/// exit, and stop before the destructor returns.
class MediaGraph {
 public:
  struct Callbacks {
    std::function<void(std::size_t exit, glib::Ref<GstSample> sample)> on_sample;
    /// All that was pushed before `end` has come out.
    std::function<void(std::size_t exit)> on_end;
  };

  [[nodiscard]] static Result<std::unique_ptr<MediaGraph>> create(const std::string& text,
                                                                  std::size_t exits,
                                                                  Callbacks callbacks);
  ~MediaGraph();
  MediaGraph(const MediaGraph&) = delete;
  MediaGraph& operator=(const MediaGraph&) = delete;

  /// The format of the buffers that follow.
  void set_caps(const glib::Ref<GstCaps>& caps);
  /// Blocks when the entrance has `block=true` and is full.
  void push(glib::Ref<GstBuffer> buffer);
  void end();
  /// Stops at once: what is in the works is lost, a `push` that waits returns. Any thread but the
  /// callbacks'.
  void stop();

  /// Whether the entrance holds as much as it should; more can be pushed all the same.
  [[nodiscard]] bool is_full() const;
  /// An error that an element has reported since the last call.
  [[nodiscard]] std::optional<Error> take_error();

  /// Calls `on_buffer` for each buffer that leaves the entrance, before it does; when it gives an
  /// event, that goes in front of the buffer. Before the first push.
  void watch_entrance(std::function<glib::Ref<GstEvent>(GstBuffer*)> on_buffer);
  /// An element of the text by its name.
  [[nodiscard]] glib::Ref<GstElement> element(const std::string& name) const;

 private:
  struct Exit {
    MediaGraph* graph;
    std::size_t index;
  };
  MediaGraph() = default;
  [[nodiscard]] Status start(const std::string& text, std::size_t exits);
  void connect_exit(std::size_t index);
  static GstFlowReturn handle_sample(GstElement* sink, gpointer exit) noexcept;
  static void handle_end(GstElement* sink, gpointer exit) noexcept;
  static GstPadProbeReturn handle_entrance(GstPad* pad, GstPadProbeInfo* info,
                                           gpointer graph) noexcept;

  // set once
  glib::Ref<GstElement> pipeline_;
  glib::Ref<GstElement> entrance_;
  glib::Ref<GstBus> bus_;
  std::vector<std::unique_ptr<Exit>> exits_;
  Callbacks callbacks_;
  std::function<glib::Ref<GstEvent>(GstBuffer*)> on_entrance_;
};

/// A buffer with a copy of `bytes`.
[[nodiscard]] glib::Ref<GstBuffer> make_buffer(const void* bytes, std::size_t size, MediaTime time);
/// A sample's presentation time on its pipeline's time line: x264enc shifts time stamps by 1000
/// hours, only the running time is what was put in.
[[nodiscard]] MediaTime running_time(GstSample* sample);

}  // namespace estrad::pipeline
