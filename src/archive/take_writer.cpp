#include "archive/take_writer.h"

#include <string>
#include <utility>

#include "archive/index_record.h"
#include "archive/take_files.h"

namespace estrad::archive {

TakeWriter::TakeWriter(std::filesystem::path folder, TakeInfo info, std::vector<TrackEnd> ends,
                       std::shared_ptr<Syncer> syncer)
    : folder_(std::move(folder)), syncer_(std::move(syncer)), info_(std::move(info)) {
  ends.resize(info_.tracks.size());
  for (const TrackEnd& end : ends) {
    tracks_.push_back({end});
  }
}

TakeWriter::~TakeWriter() = default;

Status TakeWriter::open_index(std::size_t track) {
  TrackFiles& files = tracks_[track];
  if (files.index) {
    return {};
  }
  auto file = File::open(index_path(folder_, info_.tracks[track].name), File::Mode::kWrite);
  if (!file) {
    return fail(file.error());
  }
  if (files.end.index_size == 0) {
    const Bytes header = make_index_header(info_.tracks[track].timescale);
    if (auto written = (*file)->write(0, header); !written) {
      return written;
    }
    files.end.index_size = header.size();
  }
  files.index = std::move(*file);
  return {};
}

Status TakeWriter::open_media(std::size_t track) {
  TrackFiles& files = tracks_[track];
  if (files.media) {
    return {};
  }
  auto file =
      File::open(media_path(folder_, info_.tracks[track].name, files.end.file), File::Mode::kWrite);
  if (!file) {
    return fail(file.error());
  }
  files.media = std::move(*file);
  return {};
}

Status TakeWriter::write_record(TrackFiles& files, ByteView bytes) {
  if (auto written = files.index->write(files.end.index_size, bytes); !written) {
    return written;
  }
  files.end.index_size += bytes.size();
  syncer_->touch(files.index);
  return {};
}

Status TakeWriter::add_init(std::size_t track, std::uint32_t number, ByteView init) {
  TrackFiles& files = tracks_[track];
  if (number <= files.end.file) {
    return fail(internal_error("init segment " + std::to_string(number) + " again"));
  }
  auto written = write_init(track, number, init);
  files.owed_number = written ? 0 : number;
  files.owed_init = written ? Bytes() : Bytes(init.begin(), init.end());
  return written;
}

Status TakeWriter::pay_init(std::size_t track) {
  TrackFiles& files = tracks_[track];
  if (files.owed_number == 0) {
    return {};
  }
  auto written = write_init(track, files.owed_number, files.owed_init);
  if (written) {
    files.owed_number = 0;
    files.owed_init.clear();
  }
  return written;
}

Status TakeWriter::write_init(std::size_t track, std::uint32_t number, ByteView init) {
  TrackFiles& files = tracks_[track];
  if (auto opened = open_index(track); !opened) {
    return opened;
  }
  auto media = File::open(media_path(folder_, info_.tracks[track].name, number), File::Mode::kNew);
  if (!media) {
    return fail(media.error());
  }
  if (auto written = (*media)->write(0, init); !written) {
    return written;
  }
  IndexRecord record;
  record.is_init = true;
  record.run = info_.run;
  record.file = number;
  record.size = static_cast<std::uint32_t>(init.size());
  record.checksum = checksum(init);
  if (auto written = write_record(files, encode(record)); !written) {
    return written;
  }
  files.media = std::move(*media);
  files.end.file = number;
  files.end.file_size = init.size();
  syncer_->touch(files.media);
  return {};
}

Status TakeWriter::append(std::size_t track, const hls::Part& part) {
  TrackFiles& files = tracks_[track];
  if (auto opened = open_index(track); !opened) {
    return opened;
  }
  if (part.is_gap || !part.bytes) {
    return write_record(files, encode(record_of(part, files.end.file_size)));
  }
  if (auto paid = pay_init(track); !paid) {
    return paid;
  }
  if (part.init != files.end.file) {
    return fail(internal_error("a part for init segment " + std::to_string(part.init) +
                               " in file " + std::to_string(files.end.file)));
  }
  if (auto opened = open_media(track); !opened) {
    return opened;
  }
  if (auto written = files.media->write(files.end.file_size, *part.bytes); !written) {
    return written;
  }
  if (auto written = write_record(files, encode(record_of(part, files.end.file_size))); !written) {
    static_cast<void>(files.media->cut(files.end.file_size));
    return written;
  }
  files.end.file_size += part.bytes->size();
  syncer_->touch(files.media);
  return {};
}

Status TakeWriter::close() {
  for (TrackFiles& files : tracks_) {
    for (const auto& file : {files.media, files.index}) {
      if (file) {
        if (auto synced = file->sync(); !synced) {
          return synced;
        }
      }
    }
  }
  info_.state = TakeState::kClosed;
  return write_info(folder_, info_);
}

}  // namespace estrad::archive
