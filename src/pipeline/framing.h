#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"

/// What passes between a pipeline worker and its parent: records on the worker's standard output,
/// control words on its file descriptor 3. The parent trusts none of it: a worker reads hostile
/// media, so every record is checked here before anything acts on it.
namespace estrad::pipeline {

/// A record's type byte and payload together are never longer.
inline constexpr std::size_t kMaxRecordBytes = 32U << 20U;
inline constexpr std::size_t kMaxTracks = 16;
/// Records in JSON (tracks, signal, log) are never longer.
inline constexpr std::size_t kMaxJsonBytes = 64U << 10U;
/// While alive a worker gives a heartbeat this often; a parent kills it after `kSilence`.
inline constexpr milliseconds kHeartbeat{500};
inline constexpr milliseconds kSilence{2000};

enum class TrackKind { kVideo, kAudio };

/// One rendition that the worker produces. Its index in `TrackList` is what other records carry.
struct TrackInfo {
  std::string name;  ///< `v720`, `a0`: letters and digits, at most 16
  TrackKind kind = TrackKind::kVideo;
  std::string codecs;             ///< RFC 6381, from the encoded stream: `avc1.64001f`, `mp4a.40.2`
  std::uint32_t timescale = 0;    ///< ticks a second: 90000 for video, the sample rate for audio
  std::uint32_t bitrate = 0;      ///< bits a second that the encoder is capped at
  std::uint32_t width = 0;        ///< video only
  std::uint32_t height = 0;       ///< video only
  double frame_rate = 0;          ///< video only; the source's nominal rate
  std::uint32_t sample_rate = 0;  ///< audio only
  std::uint32_t channels = 0;     ///< audio only
  std::string language;           ///< audio only; RFC 5646, empty when not known

  bool operator==(const TrackInfo&) const = default;
};

/// 'T': begins a run, before any other record that names a track. Another one begins another run:
/// its tracks, segments and times have nothing to do with those before, but it goes on from where
/// they ended.
struct TrackList {
  std::vector<TrackInfo> tracks;
  bool operator==(const TrackList&) const = default;
};

/// 'I': a track's init segment (ftyp + moov), once for each track of a run, before its first part.
struct InitSegment {
  std::uint8_t track = 0;
  Bytes bytes;
  bool operator==(const InitSegment&) const = default;
};

/// 'P': one part, a moof and its mdat. Segments are numbered 0, 1, 2… in a run, alike
/// on all tracks; parts 0, 1, 2… in their segment.
struct Part {
  std::uint8_t track = 0;
  std::uint32_t segment = 0;
  std::uint16_t part = 0;
  bool is_independent = false;    ///< starts with an IDR (video); always true for audio
  bool is_last = false;           ///< the last part of its segment
  std::uint64_t decode_time = 0;  ///< in the track's timescale; 0 is the run's first frame
  std::uint32_t duration = 0;     ///< in the track's timescale
  WallTime arrived{};             ///< when the part's first frame came into the worker
  Bytes bytes;
  bool operator==(const Part&) const = default;
};

/// 'S': what the feed is like, about once a second. What is not known is 0 or empty.
struct Signal {
  std::string video_codec;  ///< `h264`
  std::string audio_codec;  ///< `aac`; empty when the feed has no sound
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  double frame_rate = 0;                 ///< measured
  std::uint32_t bitrate = 0;             ///< measured, bits a second, the whole feed
  double keyframe_interval = 0;          ///< seconds between the last two keyframes
  std::optional<double> audio_peak_db;   ///< dBFS in the last second
  std::optional<double> audio_level_db;  ///< RMS, dBFS in the last second
  std::vector<std::string> warnings;     ///< short sentences for the studio
  bool operator==(const Signal&) const = default;
};

/// 'B': a sign of life, every `kHeartbeat`.
struct Heartbeat {
  std::uint64_t input_bytes = 0;  ///< read from standard input so far
  bool operator==(const Heartbeat&) const = default;
};

/// 'L': a line for the operator's log. A fatal error is a worker's last record.
struct LogLine {
  log::Level level = log::Level::kInfo;
  std::string message;
  bool operator==(const LogLine&) const = default;
};

using Record = std::variant<TrackList, InitSegment, Part, Signal, Heartbeat, LogLine>;

/// The record on the wire: `u32 length | u8 type | payload`, big-endian.
[[nodiscard]] Bytes encode(const Record& record);

/// Cuts a byte stream into records, checks them, and keeps no more than one record's bytes beyond
/// what `next` has given out. Used on one thread.
class RecordDecoder {
 public:
  /// Takes what has been read. Call `next` until it is empty before the next `push`.
  void push(ByteView bytes);
  /// The next whole record; empty when more bytes are needed. After an error the stream is lost:
  /// every later call gives the same error.
  [[nodiscard]] Result<std::optional<Record>> next();
  /// True in the middle of a record: at end of file, the stream was torn.
  [[nodiscard]] bool has_rest() const { return position_ < buffer_.size(); }

 private:
  [[nodiscard]] Result<Record> parse(std::uint8_t type, ByteView payload);
  [[nodiscard]] Status check_track(std::uint8_t track) const;

  Bytes buffer_;
  std::size_t position_ = 0;
  std::size_t track_count_ = 0;
  std::optional<Error> failure_;
};

/// What a parent can ask of a worker, one JSON line each.
enum class Control {
  kCut,   ///< an IDR and a new segment on all rungs, now
  kStop,  ///< flush what is in the works, then exit 0
};
/// The line, its line feed included: `{"do":"cut"}`.
[[nodiscard]] std::string control_line(Control control);
[[nodiscard]] Result<Control> parse_control(std::string_view line);

/// The `--frozen` argument that makes a later worker produce exactly these tracks.
[[nodiscard]] std::string frozen_json(const std::vector<TrackInfo>& tracks);

}  // namespace estrad::pipeline
