#include "track_list.h"

#include <charconv>
#include <optional>

#include "base/clock.h"
#include "base/text.h"

namespace estrad::load {
namespace {

using std::chrono::microseconds;

/// What follows `start`, when the line starts so.
std::optional<std::string_view> after(std::string_view line, std::string_view start) {
  if (!line.starts_with(start)) {
    return std::nullopt;
  }
  return line.substr(start.size());
}

/// The value of an attribute, without its quotes; empty when there is none.
std::string_view attribute(std::string_view list, std::string_view name) {
  std::size_t at = 0;
  while ((at = list.find(name, at)) != std::string_view::npos) {
    const std::size_t end = at + name.size();
    if ((at == 0 || list[at - 1] == ',') && end < list.size() && list[end] == '=') {
      std::string_view value = list.substr(end + 1);
      if (value.starts_with('"')) {
        return value.substr(1, value.find('"', 1) - 1);
      }
      return value.substr(0, value.find(','));
    }
    at = end;
  }
  return {};
}

microseconds read_seconds(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::chrono::round<microseconds>(std::chrono::duration<double>(value));
}

/// Follows the lines of a media playlist, and the time at which each part ends.
class Reader {
 public:
  void take(std::string_view line) {
    if (line.empty()) {
      return;
    }
    if (line.front() != '#') {
      return end_segment();
    }
    if (const auto part = after(line, "#EXT-X-PART:")) {
      return take_part(*part);
    }
    if (const auto length = after(line, "#EXTINF:")) {
      segment_length_ = read_seconds(length->substr(0, length->find(',')));
    } else if (const auto date = after(line, "#EXT-X-PROGRAM-DATE-TIME:")) {
      take_date(*date);
    } else {
      take_head(line);
    }
  }

  Result<TrackList> finish() {
    if (has_byte_range_) {
      return fail(invalid_input("parts are listed as byte ranges, which are not followed"));
    }
    list_.next = at_;
    return std::move(list_);
  }

 private:
  void take_head(std::string_view line) {
    if (const auto control = after(line, "#EXT-X-SERVER-CONTROL:")) {
      list_.can_skip = !attribute(*control, "CAN-SKIP-UNTIL").empty();
      list_.part_hold_back = read_seconds(attribute(*control, "PART-HOLD-BACK"));
    } else if (const auto first = after(line, "#EXT-X-MEDIA-SEQUENCE:")) {
      at_.msn = parse_u64(*first).value_or(0);
    } else if (const auto skip = after(line, "#EXT-X-SKIP:")) {
      at_.msn += parse_u64(attribute(*skip, "SKIPPED-SEGMENTS")).value_or(0);
      list_.is_delta = true;
    } else if (const auto map = after(line, "#EXT-X-MAP:")) {
      list_.init_uri = attribute(*map, "URI");
    } else if (line == "#EXT-X-ENDLIST") {
      list_.is_ended = true;
    }
  }

  void take_date(std::string_view text) {
    const auto date = parse_rfc3339(text);
    has_date_ = date.has_value();
    segment_start_ = date.value_or(WallTime());
    part_end_ = segment_start_;
  }

  void take_part(std::string_view list) {
    part_end_ += read_seconds(attribute(list, "DURATION"));
    has_byte_range_ |= !attribute(list, "BYTERANGE").empty();
    if (has_date_ && attribute(list, "GAP") != "YES") {
      list_.parts.push_back({at_, std::string(attribute(list, "URI")), part_end_});
    }
    ++at_.part;
  }

  void end_segment() {
    segment_start_ += segment_length_;
    part_end_ = segment_start_;
    ++at_.msn;
    at_.part = 0;
  }

  TrackList list_;
  PartKey at_;
  PartTime segment_start_;
  PartTime part_end_;
  microseconds segment_length_{0};
  bool has_date_ = false;
  bool has_byte_range_ = false;
};

}  // namespace

Result<TrackList> read_track_list(std::string_view text) {
  if (!text.starts_with("#EXTM3U")) {
    return fail(invalid_input("no playlist: " + std::string(text.substr(0, 80))));
  }
  Reader reader;
  for (const std::string_view line : split(text, '\n')) {
    reader.take(line);
  }
  return reader.finish();
}

Result<std::string> find_rendition(std::string_view text, bool is_audio, std::string_view name) {
  bool is_variant = false;
  for (const std::string_view line : split(text, '\n')) {
    std::string_view uri;
    if (const auto media = after(line, "#EXT-X-MEDIA:"); media && is_audio) {
      uri = attribute(*media, "TYPE") == "AUDIO" ? attribute(*media, "URI") : "";
    } else if (is_variant && !is_audio && !line.starts_with('#')) {
      uri = line;
    }
    is_variant = line.starts_with("#EXT-X-STREAM-INF:");
    if (!uri.empty() && uri.find(name) != std::string_view::npos) {
      return std::string(uri);
    }
  }
  return fail(not_found("the multivariant playlist has no " +
                        std::string(is_audio ? "audio rendition" : "variant") + " \"" +
                        std::string(name) + "\""));
}

}  // namespace estrad::load
