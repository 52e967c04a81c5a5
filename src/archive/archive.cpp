#include "archive/archive.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/statvfs.h>

#include "archive/recovery.h"
#include "archive/take_files.h"

namespace estrad::archive {
namespace {

/// Writes a byte and deletes it again.
Status try_to_write(const std::filesystem::path& root) {
  const auto path = root / ".writable";
  const auto file = File::open(path, File::Mode::kNew);
  if (!file) {
    return fail(file.error());
  }
  auto written = (*file)->write(0, as_bytes("1"));
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return written;
}

std::uint64_t bytes_in(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    std::error_code ignored;
    const std::uint64_t size = entry.is_regular_file(ignored) ? entry.file_size(ignored) : 0;
    bytes += ignored ? 0 : size;
  }
  return bytes;
}

/// A take's folder without any torn tail.
struct Mended {
  TakeInfo info;
  std::unique_ptr<TakeWriter> writer;
};

Result<Mended> mend(const std::filesystem::path& folder, TakeInfo info,
                    const std::shared_ptr<Syncer>& syncer) {
  std::vector<TakeWriter::TrackEnd> ends;
  for (const hls::Track& track : info.tracks) {
    const auto end = mend_track(folder, track);
    if (!end) {
      return fail(end.error());
    }
    ends.push_back(*end);
  }
  const auto indexes = read_indexes(folder, info);
  if (!indexes) {
    return fail(indexes.error());
  }
  auto writer = std::make_unique<TakeWriter>(folder, info, std::move(ends), syncer);
  if (const auto levelled = level_tracks(*writer, *indexes); !levelled) {
    return fail(levelled.error());
  }
  return Mended{std::move(info), std::move(writer)};
}

}  // namespace

Result<std::unique_ptr<Archive>> Archive::open(std::filesystem::path root) {
  if (const auto made = make_folder(root); !made) {
    return fail(Error(made.error()).in("archive"));
  }
  if (const auto written = try_to_write(root); !written) {
    return fail(Error(written.error()).in("archive"));
  }
  return std::unique_ptr<Archive>(new Archive(std::move(root)));
}

Archive::Archive(std::filesystem::path root)
    : root_(std::move(root)), syncer_(std::make_shared<Syncer>()) {}

std::filesystem::path Archive::folder(const TakeAddress& address) const {
  return take_path(root_, address);
}

// --- Writing -------------------------------------------------------------------------------------

Result<std::unique_ptr<TakeWriter>> Archive::create(TakeInfo info) {
  if (const auto sound = check(info.address); !sound) {
    return fail(sound.error());
  }
  const auto path = folder(info.address);
  if (read_info(path, info.address)) {
    return fail(conflict("recording \"" + info.address.take + "\" exists already"));
  }
  info.state = TakeState::kOpen;
  if (const auto made = make_folder(path); !made) {
    return fail(made.error());
  }
  if (const auto written = write_info(path, info); !written) {
    return fail(written.error());
  }
  return std::make_unique<TakeWriter>(path, std::move(info), std::vector<TakeWriter::TrackEnd>(),
                                      syncer_);
}

Result<ResumedTake> Archive::resume(const TakeAddress& address, milliseconds window) {
  auto info = this->info(address);
  if (!info) {
    return fail(info.error());
  }
  forget_reader(address);
  const auto path = folder(address);
  // The new run is on disk before anything is named by it.
  ++info->run;
  info->state = TakeState::kOpen;
  if (const auto written = write_info(path, *info); !written) {
    return fail(written.error());
  }
  auto mended = mend(path, std::move(*info), syncer_);
  if (!mended) {
    return fail(std::move(mended).error().in("recording \"" + address.take + "\""));
  }
  const auto indexes = read_indexes(path, mended->info);
  if (!indexes) {
    return fail(indexes.error());
  }
  auto state = make_state(path, mended->info, *indexes, window);
  if (!state) {
    return fail(state.error());
  }
  return ResumedTake{std::move(mended->info), std::move(mended->writer), std::move(*state)};
}

Status Archive::close_after_crash(const TakeAddress& address) {
  auto info = this->info(address);
  if (!info) {
    return fail(info.error());
  }
  forget_reader(address);
  auto mended = mend(folder(address), std::move(*info), syncer_);
  if (!mended) {
    return fail(std::move(mended).error().in("recording \"" + address.take + "\""));
  }
  return mended->writer->close();
}

Status Archive::remove(const TakeAddress& address) {
  if (auto sound = check(address); !sound) {
    return sound;
  }
  forget_reader(address);
  std::error_code error;
  std::filesystem::remove_all(folder(address), error);
  if (error) {
    return fail(file_error("remove", folder(address), error.value()));
  }
  // Goes only when it is empty.
  std::filesystem::remove(root_ / address.event, error);
  return {};
}

// --- Reading -------------------------------------------------------------------------------------

Result<TakeReader*> Archive::reader(const TakeAddress& address) {
  const auto known = std::find_if(readers_.begin(), readers_.end(), [&](const auto& reader) {
    return reader->info().address == address;
  });
  if (known != readers_.end()) {
    readers_.splice(readers_.begin(), readers_, known);
    return readers_.front().get();
  }
  auto reader = TakeReader::open(root_, address);
  if (!reader) {
    return fail(reader.error());
  }
  readers_.push_front(std::move(*reader));
  if (readers_.size() > kMostReaders) {
    readers_.pop_back();
  }
  return readers_.front().get();
}

void Archive::forget_reader(const TakeAddress& address) {
  readers_.remove_if([&](const auto& reader) { return reader->info().address == address; });
}

Result<TakeInfo> Archive::info(const TakeAddress& address) {
  if (const auto sound = check(address); !sound) {
    return fail(sound.error());
  }
  return read_info(folder(address), address);
}

Result<TakeSummary> Archive::summary(const TakeAddress& address) {
  auto reader = this->reader(address);
  if (!reader) {
    return fail(reader.error());
  }
  const auto duration = (*reader)->duration();
  if (!duration) {
    return fail(duration.error());
  }
  return TakeSummary{(*reader)->info(), *duration, bytes_in(folder(address))};
}

Result<std::vector<TakeAddress>> Archive::takes(std::string_view event) {
  std::vector<TakeInfo> infos;
  std::error_code error;
  const TakeAddress any{std::string(event), "any"};
  if (const auto sound = check(any); !sound) {
    return fail(sound.error());
  }
  for (const auto& entry : std::filesystem::directory_iterator(root_ / event, error)) {
    auto info = this->info({std::string(event), entry.path().filename().string()});
    if (info) {
      infos.push_back(std::move(*info));
    }
  }
  std::sort(infos.begin(), infos.end(),
            [](const auto& a, const auto& b) { return a.started_at < b.started_at; });
  std::vector<TakeAddress> addresses;
  for (TakeInfo& info : infos) {
    addresses.push_back(std::move(info.address));
  }
  return addresses;
}

Result<hls::Body> Archive::playlist(const TakeAddress& address, std::string_view track) {
  auto reader = this->reader(address);
  return reader ? (*reader)->playlist(track) : fail(reader.error());
}

Result<hls::Body> Archive::multivariant(const TakeAddress& address, std::string_view prefix) {
  auto reader = this->reader(address);
  return reader ? (*reader)->multivariant(prefix) : fail(reader.error());
}

Result<SharedBytes> Archive::read(const TakeAddress& address, std::string_view track,
                                  const hls::MediaName& name) {
  auto reader = this->reader(address);
  return reader ? (*reader)->read(track, name) : fail(reader.error());
}

Result<DiskSpace> Archive::space() const {
  struct statvfs status {};
  if (::statvfs(root_.c_str(), &status) != 0) {
    return fail(file_error("look at", root_, errno));
  }
  return DiskSpace{static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize,
                   static_cast<std::uint64_t>(status.f_blocks) * status.f_frsize};
}

}  // namespace estrad::archive
