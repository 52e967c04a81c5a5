#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace estrad::live {

using std::chrono::nanoseconds;

/// What the schedule must know of a track.
struct SlateLane {
  bool is_video = true;
  std::uint32_t timescale = 0;
  /// Parts of the still group of pictures; the first alone begins with an IDR. Video only.
  std::size_t still_parts = 0;
  /// Ticks of one audio frame, and the longest silence in one part, in frames. Audio only.
  std::uint32_t frame_ticks = 0;
  std::uint32_t most_frames = 24;
};

/// One part of slate to send on a track.
struct SlatePiece {
  std::size_t lane = 0;
  /// Video: which part of the still group. Audio: not used.
  std::size_t still_part = 0;
  /// Audio: how many frames of silence. Video: not used.
  std::uint32_t frames = 0;
  std::uint32_t duration = 0;  ///< In ticks of its lane.
  bool is_independent = false;
  bool is_last = false;  ///< Ends its lane's segment.
};

/// Decides which pieces of slate fill which time. Pure; times are ticks of each lane.
///
/// The lanes of a take end at different times when a feed is lost. So first one whole segment goes
/// from each lane's own end to a common one, so no lane has a hole; then one part follows on every
/// lane at a time. A piece of video may last any time, since it shows a still
/// picture; audio comes in whole frames and ends at the video's end or less than a frame before.
class SlateSchedule {
 public:
  struct Shape {
    nanoseconds part{};             ///< The usual length of a video part.
    nanoseconds part_target{};      ///< No part is longer (PART-TARGET).
    nanoseconds longest_segment{};  ///< No segment is longer.
    std::size_t parts_in_segment = 4;
  };

  SlateSchedule(Shape shape, std::vector<SlateLane> lanes);

  /// The next pieces, lane by lane in order of time: a whole segment that levels the lanes when
  /// they are not level, else one part's time on every lane.
  [[nodiscard]] std::vector<SlatePiece> next(const std::vector<std::uint64_t>& ends);

  /// Some parts of a segment are out, and its last is not.
  [[nodiscard]] bool is_inside_segment() const { return next_part_ > 0; }
  /// The segment ends with the parts that are out.
  void end_segment() { next_part_ = 0; }

 private:
  [[nodiscard]] std::vector<SlatePiece> level(const std::vector<std::uint64_t>& ends);
  [[nodiscard]] std::vector<SlatePiece> step(const std::vector<std::uint64_t>& ends);
  [[nodiscard]] bool are_level(const std::vector<std::uint64_t>& ends) const;
  void fill_video(std::size_t lane, std::uint64_t from, std::uint64_t to,
                  std::vector<SlatePiece>& pieces) const;
  void fill_audio(std::size_t lane, std::uint64_t from, nanoseconds to,
                  std::vector<SlatePiece>& pieces) const;
  [[nodiscard]] nanoseconds latest(const std::vector<std::uint64_t>& ends) const;
  [[nodiscard]] nanoseconds earliest(const std::vector<std::uint64_t>& ends) const;
  /// The end of the first video lane; without video, of the longest lane.
  [[nodiscard]] nanoseconds leading(const std::vector<std::uint64_t>& ends) const;

  Shape shape_;
  std::vector<SlateLane> lanes_;
  std::size_t next_part_ = 0;
};

}  // namespace estrad::live
