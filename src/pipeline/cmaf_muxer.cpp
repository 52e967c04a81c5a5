#include "pipeline/cmaf_muxer.h"

#include <algorithm>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

#include "glib/handle.h"
#include "pipeline/media_time.h"

namespace estrad::pipeline {
namespace {

constexpr int kIoBufferBytes = 64 * 1024;
constexpr std::size_t kMaxConfigurationBytes = 64 * 1024;

std::string av_message(int code) {
  std::string text(AV_ERROR_MAX_STRING_SIZE, '\0');
  av_strerror(code, text.data(), text.size());
  return std::string(text.c_str());
}

Error mux_error(int code) {
  return media_error("mp4: " + av_message(code));
}

void free_io(AVIOContext* io) {
  av_freep(&io->buffer);
  avio_context_free(&io);
}

void free_packet(AVPacket* packet) {
  av_packet_free(&packet);
}

}  // namespace

struct CmafMuxer::Context {
  static int write(void* opaque, std::uint8_t* data, int size) noexcept {
    auto& out = static_cast<Context*>(opaque)->written;
    out.insert(out.end(), data, data + size);
    return size;
  }

  Bytes written;
  glib::Handle<AVIOContext, free_io> io;
  glib::Handle<AVFormatContext, avformat_free_context> format;
  glib::Handle<AVPacket, free_packet> packet;
};

CmafMuxer::CmafMuxer() : context_(std::make_unique<Context>()) {}
CmafMuxer::~CmafMuxer() = default;
CmafMuxer::CmafMuxer(CmafMuxer&& other) noexcept = default;
CmafMuxer& CmafMuxer::operator=(CmafMuxer&& other) noexcept = default;

Result<CmafMuxer> CmafMuxer::create(const CmafTrack& track) {
  CmafMuxer muxer;
  if (auto opened = muxer.open(track); !opened) {
    return fail(std::move(opened).error().in("track \"" + track.info.name + "\""));
  }
  return muxer;
}

namespace {

Status fill_parameters(AVCodecParameters& parameters, const CmafTrack& track) {
  const TrackInfo& info = track.info;
  const bool is_video = info.kind == TrackKind::kVideo;
  parameters.codec_type = is_video ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  parameters.codec_id = is_video ? AV_CODEC_ID_H264 : AV_CODEC_ID_AAC;
  parameters.bit_rate = info.bitrate;
  if (is_video) {
    parameters.width = static_cast<int>(info.width);
    parameters.height = static_cast<int>(info.height);
    parameters.sample_aspect_ratio = {1, 1};
  } else {
    parameters.sample_rate = static_cast<int>(info.sample_rate);
    parameters.frame_size = static_cast<int>(kAacFrame);
    av_channel_layout_default(&parameters.ch_layout, static_cast<int>(info.channels));
  }
  const std::size_t size = track.configuration.size();
  if (size == 0 || size > kMaxConfigurationBytes) {
    return fail(media_error("no usable decoder configuration"));
  }
  parameters.extradata =
      static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
  if (parameters.extradata == nullptr) {
    return fail(unavailable("out of memory"));
  }
  std::copy(track.configuration.begin(), track.configuration.end(), parameters.extradata);
  parameters.extradata_size = static_cast<int>(size);
  return {};
}

}  // namespace

Status CmafMuxer::open(const CmafTrack& track) {
  reorder_delay_ = track.reorder_delay;
  AVFormatContext* format = nullptr;
  if (const int code = avformat_alloc_output_context2(&format, nullptr, "mp4", nullptr); code < 0) {
    return fail(mux_error(code));
  }
  context_->format.reset(format);
  context_->packet.reset(av_packet_alloc());
  auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBufferBytes));
  context_->io.reset(avio_alloc_context(buffer, kIoBufferBytes, 1, context_.get(), nullptr,
                                        &Context::write, nullptr));
  format->pb = context_->io.get();
  format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;

  AVStream* stream = avformat_new_stream(format, nullptr);
  stream->time_base = {1, static_cast<int>(track.info.timescale)};
  if (!track.info.language.empty()) {
    av_dict_set(&stream->metadata, "language", track.info.language.c_str(), 0);
  }
  if (auto filled = fill_parameters(*stream->codecpar, track); !filled) {
    return filled;
  }
  // frag_discont is set again before each part; without it libav stretches the frame before a gap.
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movflags", "frag_custom+empty_moov+default_base_moof+cmaf+frag_discont",
              0);
  av_dict_set_int(&options, "video_track_timescale", static_cast<int>(track.info.timescale), 0);
  const int code = avformat_write_header(format, &options);
  av_dict_free(&options);
  if (code < 0) {
    return fail(mux_error(code));
  }
  avio_flush(format->pb);
  init_segment_ = take_written();
  if (stream->time_base.den != static_cast<int>(track.info.timescale)) {
    return fail(internal_error("mp4: another timescale than asked for"));
  }
  return {};
}

Status CmafMuxer::add(ByteView data, const PacketTimes& times, bool is_key) {
  AVFormatContext* format = context_->format.get();
  if (!is_part_open_) {
    av_opt_set(format->priv_data, "movflags", "+frag_discont", 0);
    is_part_open_ = true;
  }
  AVPacket* packet = context_->packet.get();
  if (const int code = av_new_packet(packet, static_cast<int>(data.size())); code < 0) {
    return fail(mux_error(code));
  }
  std::copy(data.begin(), data.end(), packet->data);
  packet->stream_index = 0;
  // libav wants no packet shown before it is decoded: it gets earlier decode times, and with `cmaf`
  // moves all of them by the first packet's difference, which is this delay.
  packet->pts = times.presentation;
  packet->dts = times.decode - reorder_delay_;
  packet->duration = times.duration;
  packet->flags = is_key ? AV_PKT_FLAG_KEY : 0;
  const int code = av_write_frame(format, packet);
  av_packet_unref(packet);
  return code < 0 ? Status(fail(mux_error(code))) : Status();
}

Result<Bytes> CmafMuxer::end_part() {
  AVFormatContext* format = context_->format.get();
  if (const int code = av_write_frame(format, nullptr); code < 0) {
    return fail(mux_error(code));
  }
  avio_flush(format->pb);
  is_part_open_ = false;
  Bytes part = take_written();
  if (part.empty()) {
    return fail(internal_error("mp4: an empty part"));
  }
  return part;
}

Bytes CmafMuxer::take_written() {
  return std::exchange(context_->written, Bytes());
}

}  // namespace estrad::pipeline
