#include "track.h"

#include <array>
#include <iterator>

#include <zlib.h>

namespace estrad::load {
namespace {

Result<std::string> unpack(std::string_view packed) {
  z_stream stream{};
  constexpr int kGzipOnly = 15 + 16;
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) {
    return fail(internal_error("zlib does not start"));
  }
  std::string text;
  std::string bytes(packed);
  std::array<char, 16'384> piece{};
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) {
    return fail(invalid_input("a gzip body that does not unpack"));
  }
  return text;
}

}  // namespace

Result<std::string> Track::text_of(const HttpClient::Answer& answer) {
  return answer.is_gzip ? unpack(answer.body) : Result<std::string>(answer.body);
}

Result<Track::ListPtr> Track::read(const HttpClient::Answer& answer, SteadyTime now) {
  if (const auto known = read_.find(answer.body); known != read_.end()) {
    return known->second;
  }
  auto text = text_of(answer);
  if (!text) {
    return fail(std::move(text).error());
  }
  auto list = read_track_list(*text);
  if (!list) {
    return fail(std::move(list).error());
  }
  for (const ListedPart& part : list->parts) {
    listed_.emplace(part.key, now);
  }
  if (read_.size() >= kMostRemembered) {
    read_.clear();
  }
  auto shared = std::make_shared<const TrackList>(std::move(*list));
  read_.emplace(answer.body, shared);
  return shared;
}

std::size_t Track::count(PartKey from, PartKey to) const {
  if (to < from) {
    return 0;
  }
  return static_cast<std::size_t>(
      std::distance(listed_.lower_bound(from), listed_.upper_bound(to)));
}

void Track::close() {
  last_ = listed_.empty() ? PartKey() : listed_.rbegin()->first;
}

}  // namespace estrad::load
