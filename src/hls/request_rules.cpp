#include "hls/request_rules.h"

#include <string>

#include "base/text.h"

namespace estrad::hls {
namespace {

Status take_number(std::string_view name, std::string_view value,
                   std::optional<std::uint64_t>& number) {
  if (number) {
    return fail(invalid_field(std::string(name), "must stand once"));
  }
  number = parse_u64(value);
  if (!number) {
    return fail(invalid_field(std::string(name), "must be a whole number"));
  }
  return {};
}

Status take_parameter(std::string_view name, std::string_view value, PlaylistRequest& request) {
  if (name == "_HLS_msn") {
    return take_number(name, value, request.msn);
  }
  if (name == "_HLS_part") {
    return take_number(name, value, request.part);
  }
  if (name == "_HLS_skip") {
    request.skip = value == "YES" || value == "v2";
  }
  return {};
}

/// The standard's Advance Part Limit.
std::uint64_t advance_part_limit(const PlaylistTiming& timing) {
  constexpr std::chrono::microseconds kThreeSeconds = std::chrono::seconds(3);
  if (timing.part_target >= std::chrono::seconds(1) || timing.part_target.count() <= 0) {
    return 3;
  }
  return static_cast<std::uint64_t>(
      (kThreeSeconds + timing.part_target - std::chrono::microseconds(1)) / timing.part_target);
}

bool is_too_far(const PlaylistRequest& request, const TrackSnapshot& snapshot) {
  const PartName& next = snapshot.next_part();
  // The last complete segment plus two.
  if (*request.msn > next.msn + 1) {
    return true;
  }
  // Counted from the next part, which is one past the last; what is listed was answered already.
  const std::uint64_t listed = *request.msn == next.msn ? next.part : 0;
  return request.part && *request.msn >= next.msn && *request.part > listed &&
         *request.part - listed >= advance_part_limit(snapshot.timing());
}

}  // namespace

Result<PlaylistRequest> parse_playlist_request(std::string_view query) {
  PlaylistRequest request;
  for (const std::string_view parameter : split(query, '&')) {
    const std::size_t equals = parameter.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : parameter.substr(equals + 1);
    if (const auto taken = take_parameter(parameter.substr(0, equals), value, request); !taken) {
      return fail(taken.error());
    }
  }
  if (request.part && !request.msn) {
    return fail(invalid_field("_HLS_part", "needs _HLS_msn"));
  }
  return request;
}

PlaylistAnswer decide(const PlaylistRequest& request, const TrackSnapshot& snapshot,
                      milliseconds waited) {
  if (!request.msn || snapshot.is_ended()) {
    return PlaylistAnswer::kNow;
  }
  const bool is_held =
      request.part ? snapshot.holds(*request.msn, *request.part) : snapshot.holds(*request.msn);
  if (is_held) {
    return PlaylistAnswer::kNow;
  }
  if (is_too_far(request, snapshot)) {
    return PlaylistAnswer::kTooFar;
  }
  return waited >= snapshot.timing().block_limit() ? PlaylistAnswer::kWaitedOut
                                                   : PlaylistAnswer::kWait;
}

}  // namespace estrad::hls
