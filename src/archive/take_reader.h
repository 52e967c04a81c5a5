#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file.h"
#include "archive/index_record.h"
#include "archive/take.h"
#include "archive/track_index.h"
#include "base/bytes.h"
#include "base/result.h"
#include "hls/media_name.h"
#include "hls/snapshot.h"

namespace estrad::archive {

/// Reads one take, live or recorded, by nothing but its files: another one may be used on another
/// thread at the same time, also while the take is written. Playlists are rendered and packed once
/// for each state of the index.
class TakeReader {
 public:
  [[nodiscard]] static Result<std::unique_ptr<TakeReader>> open(const std::filesystem::path& root,
                                                                const TakeAddress& address);

  [[nodiscard]] const TakeInfo& info() const { return info_; }

  /// The whole recording of a track up to now, with ENDLIST. Of an open take only the segments that
  /// are complete; of a closed one all, and the tracks end with the same segment.
  [[nodiscard]] Result<hls::Body> playlist(std::string_view track);
  /// Measured bit rates; `prefix` as in `hls::render_multivariant`.
  [[nodiscard]] Result<hls::Body> multivariant(std::string_view prefix);
  /// The bytes of a part, a segment (all its parts) or an init segment. Not found: no such thing.
  [[nodiscard]] Result<SharedBytes> read(std::string_view track, const hls::MediaName& name);
  /// Duration of the longest track.
  [[nodiscard]] Result<milliseconds> duration();

 private:
  struct Rendered {
    hls::Body body;
    /// The state of all the take's indexes when it was rendered.
    std::uint64_t version = 0;
  };
  TakeReader(std::filesystem::path folder, TakeInfo info);

  [[nodiscard]] Result<SharedBytes> read_init(std::size_t track, hls::InitName name);
  [[nodiscard]] Result<SharedBytes> read_segment(std::size_t track, hls::SegmentName name);
  [[nodiscard]] Result<SharedBytes> read_part(std::size_t track, hls::PartName name);
  [[nodiscard]] std::vector<hls::SegmentInfo> listed(std::size_t track) const;

  /// Reads what was added to the indexes since.
  [[nodiscard]] Status refresh();
  [[nodiscard]] Result<std::size_t> find_track(std::string_view name) const;
  [[nodiscard]] Result<SharedBytes> read_range(std::size_t track, std::uint32_t file,
                                               std::uint64_t offset, std::uint64_t size);

  // set once
  std::filesystem::path folder_;
  TakeInfo info_;

  std::vector<TrackIndex> tracks_;
  /// Grows with whatever the rendered texts depend on.
  std::uint64_t version_ = 0;
  std::map<std::string, Rendered, std::less<>> playlists_;
  std::optional<Rendered> multivariant_;
  std::string multivariant_prefix_;
  std::map<std::pair<std::size_t, std::uint32_t>, std::shared_ptr<const File>> files_;
};

}  // namespace estrad::archive
