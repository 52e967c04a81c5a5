#include "pipeline/media_graph.h"

#include <utility>

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "glib/handle.h"

namespace estrad::pipeline {
namespace {

Error parse_failure(GError* error) {
  const bool is_missing = g_error_matches(error, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT);
  const std::string message = glib::take_message(error);
  if (is_missing) {
    return unavailable(message +
                       " (a GStreamer plug-in is not installed; `estrad doctor` says which)");
  }
  return internal_error("media graph: " + message);
}

}  // namespace

Result<std::unique_ptr<MediaGraph>> MediaGraph::create(const std::string& text, std::size_t exits,
                                                       Callbacks callbacks) {
  std::unique_ptr<MediaGraph> graph(new MediaGraph);
  graph->callbacks_ = std::move(callbacks);
  if (auto started = graph->start(text, exits); !started) {
    return fail(std::move(started).error());
  }
  return graph;
}

Status MediaGraph::start(const std::string& text, std::size_t exits) {
  GError* error = nullptr;
  pipeline_ = glib::Ref<GstElement>::sink(
      gst_parse_launch_full(text.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  if (error != nullptr) {
    return fail(parse_failure(error));
  }
  bus_ = glib::Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get()));
  entrance_ = element("in");
  gst_app_src_set_stream_type(GST_APP_SRC(entrance_.get()), GST_APP_STREAM_TYPE_STREAM);
  g_object_set(entrance_.get(), "format", GST_FORMAT_TIME, nullptr);
  for (std::size_t i = 0; i < exits; ++i) {
    connect_exit(i);
  }
  if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    return fail(take_error().value_or(internal_error("media graph: does not start")));
  }
  return {};
}

void MediaGraph::connect_exit(std::size_t index) {
  exits_.push_back(std::make_unique<Exit>(Exit{this, index}));
  const auto sink = element("out" + std::to_string(index));
  // async=false: a sink that has no sample yet must not hold the whole pipeline in PAUSED.
  g_object_set(sink.get(), "sync", FALSE, "async", FALSE, "emit-signals", TRUE, "max-buffers", 4U,
               nullptr);
  g_signal_connect(sink.get(), "new-sample", G_CALLBACK(&MediaGraph::handle_sample),
                   exits_.back().get());
  g_signal_connect(sink.get(), "eos", G_CALLBACK(&MediaGraph::handle_end), exits_.back().get());
}

MediaGraph::~MediaGraph() {
  stop();
}

void MediaGraph::stop() {
  if (pipeline_) {
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  }
}

void MediaGraph::set_caps(const glib::Ref<GstCaps>& caps) {
  gst_app_src_set_caps(GST_APP_SRC(entrance_.get()), caps.get());
}

void MediaGraph::push(glib::Ref<GstBuffer> buffer) {
  gst_app_src_push_buffer(GST_APP_SRC(entrance_.get()), buffer.release());
}

void MediaGraph::end() {
  gst_app_src_end_of_stream(GST_APP_SRC(entrance_.get()));
}

bool MediaGraph::is_full() const {
  auto* source = GST_APP_SRC(entrance_.get());
  const guint64 max_buffers = gst_app_src_get_max_buffers(source);
  return gst_app_src_get_current_level_bytes(source) >= gst_app_src_get_max_bytes(source) ||
         (max_buffers > 0 && gst_app_src_get_current_level_buffers(source) >= max_buffers);
}

std::optional<Error> MediaGraph::take_error() {
  const auto message =
      glib::Ref<GstMessage>::adopt(gst_bus_pop_filtered(bus_.get(), GST_MESSAGE_ERROR));
  if (!message) {
    return std::nullopt;
  }
  GError* error = nullptr;
  char* details = nullptr;
  gst_message_parse_error(message.get(), &error, &details);
  const glib::Text owned_details(details);
  const char* element_name = GST_MESSAGE_SRC_NAME(message.get());
  return media_error(std::string(element_name) + ": " + glib::take_message(error));
}

void MediaGraph::watch_entrance(std::function<glib::Ref<GstEvent>(GstBuffer*)> on_buffer) {
  on_entrance_ = std::move(on_buffer);
  const auto pad = glib::Ref<GstPad>::adopt(gst_element_get_static_pad(entrance_.get(), "src"));
  gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, &MediaGraph::handle_entrance, this,
                    nullptr);
}

glib::Ref<GstElement> MediaGraph::element(const std::string& name) const {
  return glib::Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), name.c_str()));
}

GstFlowReturn MediaGraph::handle_sample(GstElement* sink, gpointer exit) noexcept {
  const auto* self = static_cast<Exit*>(exit);
  auto sample = glib::Ref<GstSample>::adopt(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  if (sample) {
    self->graph->callbacks_.on_sample(self->index, std::move(sample));
  }
  return GST_FLOW_OK;
}

void MediaGraph::handle_end(GstElement* /*sink*/, gpointer exit) noexcept {
  const auto* self = static_cast<Exit*>(exit);
  self->graph->callbacks_.on_end(self->index);
}

GstPadProbeReturn MediaGraph::handle_entrance(GstPad* pad, GstPadProbeInfo* info,
                                              gpointer graph) noexcept {
  auto event = static_cast<MediaGraph*>(graph)->on_entrance_(GST_PAD_PROBE_INFO_BUFFER(info));
  if (event) {
    gst_pad_push_event(pad, event.release());
  }
  return GST_PAD_PROBE_OK;
}

glib::Ref<GstBuffer> make_buffer(const void* bytes, std::size_t size, MediaTime time) {
  auto buffer = glib::Ref<GstBuffer>::adopt(gst_buffer_new_memdup(bytes, size));
  GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(time.count());
  return buffer;
}

MediaTime running_time(GstSample* sample) {
  const GstBuffer* buffer = gst_sample_get_buffer(sample);
  return MediaTime(static_cast<std::int64_t>(gst_segment_to_running_time(
      gst_sample_get_segment(sample), GST_FORMAT_TIME, GST_BUFFER_PTS(buffer))));
}

}  // namespace estrad::pipeline
