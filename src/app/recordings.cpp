#include "app/recordings.h"

#include <future>
#include <utility>

namespace estrad::app {
namespace {

archive::TakeAddress address_of(const live::TakeAddress& take) {
  return {take.event_id, take.folder};
}

}  // namespace

Result<std::unique_ptr<Recordings>> Recordings::open(Options options) {
  auto recordings = std::unique_ptr<Recordings>(new Recordings(std::move(options)));
  Recordings* opening = recordings.get();
  std::promise<Status> opened;
  auto future = opened.get_future();
  opening->writer_loop_.post([opening, &opened] {
    auto archive = archive::Archive::open(opening->options_.root);
    auto reading = archive ? archive::Archive::open(opening->options_.root) : std::move(archive);
    if (!reading) {
      opened.set_value(fail(std::move(reading).error()));
      return;
    }
    opening->archive_ = std::move(*archive);
    opening->read_archive_ = std::move(*reading);
    opened.set_value({});
  });
  if (auto status = future.get(); !status) {
    return fail(std::move(status).error().in("archive"));
  }
  return recordings;
}

Recordings::~Recordings() {
  writer_loop_.post([this] {
    writers_.clear();
    archive_.reset();
  });
  reader_loop_.post([this] { read_archive_.reset(); });
  stop();
}

void Recordings::stop() {
  writer_loop_.stop();
  reader_loop_.stop();
}

template <typename T, typename Work>
void Recordings::on_writer(Reply<T> reply, Work work) {
  writer_loop_.post(
      [reply = std::move(reply), work = std::move(work)]() mutable { reply(work()); });
}

template <typename T, typename Work>
void Recordings::on_reader(Reply<T> reply, Work work) {
  reader_loop_.post(
      [reply = std::move(reply), work = std::move(work)]() mutable { reply(work()); });
}

Result<archive::TakeWriter*> Recordings::writer(const archive::TakeAddress& address) {
  const auto found = writers_.find(address);
  if (found == writers_.end()) {
    return fail(conflict("take \"" + address.take + "\" is not open"));
  }
  return found->second.get();
}

void Recordings::create_take(live::TakeAddress take, live::NewTake made, Reply<void> reply) {
  on_writer<void>(std::move(reply),
                  [this, address = address_of(take), made = std::move(made)]() -> Status {
                    archive::TakeInfo info;
                    info.address = address;
                    info.started_at = made.started_at;
                    info.timing = made.timing;
                    info.tracks = made.tracks;
                    auto writer = archive_->create(std::move(info));
                    if (!writer) {
                      return fail(std::move(writer).error());
                    }
                    writers_[address] = std::move(*writer);
                    return {};
                  });
}

void Recordings::resume_take(live::TakeAddress take, Reply<live::ResumedTake> reply) {
  on_writer<live::ResumedTake>(
      std::move(reply), [this, address = address_of(take)]() -> Result<live::ResumedTake> {
        writers_.erase(address);
        auto resumed = archive_->resume(address, options_.window);
        if (!resumed) {
          return fail(std::move(resumed).error());
        }
        writers_[address] = std::move(resumed->writer);
        return live::ResumedTake{std::move(resumed->info.tracks), resumed->info.timing,
                                 std::move(resumed->state)};
      });
}

void Recordings::append_init(live::TakeAddress take, std::size_t track, std::uint32_t number,
                             SharedBytes bytes, Reply<void> reply) {
  on_writer<void>(
      std::move(reply),
      [this, address = address_of(take), track, number, bytes = std::move(bytes)]() -> Status {
        auto open = writer(address);
        return open ? (*open)->add_init(track, number, *bytes) : fail(std::move(open).error());
      });
}

void Recordings::append_part(live::TakeAddress take, hls::PlacedPart part, Reply<void> reply) {
  on_writer<void>(
      std::move(reply), [this, address = address_of(take), part = std::move(part)]() -> Status {
        auto open = writer(address);
        return open ? (*open)->append(part.track, *part.part) : fail(std::move(open).error());
      });
}

void Recordings::close_take(live::TakeAddress take, Reply<void> reply) {
  on_writer<void>(std::move(reply), [this, address = address_of(take)]() -> Status {
    auto open = writer(address);
    if (!open) {
      return fail(std::move(open).error());
    }
    auto closed = (*open)->close();
    writers_.erase(address);
    return closed;
  });
}

void Recordings::set_public_name(std::string name, live::TakeAddress take) {
  reader_loop_.post([this, name = std::move(name), address = address_of(take)] {
    public_names_[name] = address;
  });
}

void Recordings::remove_public_name(std::string name) {
  reader_loop_.post([this, name = std::move(name)] { public_names_.erase(name); });
}

Result<archive::TakeAddress> Recordings::find_public(const std::string& name) const {
  const auto found = public_names_.find(name);
  if (found == public_names_.end()) {
    return fail(not_found("there is no such take"));
  }
  return found->second;
}

void Recordings::read_media(std::string name, std::string track, hls::MediaName file,
                            Reply<SharedBytes> reply) {
  on_reader<SharedBytes>(
      std::move(reply),
      [this, name = std::move(name), track = std::move(track), file]() -> Result<SharedBytes> {
        auto address = find_public(name);
        return address ? read_archive_->read(*address, track, file)
                       : fail(std::move(address).error());
      });
}

void Recordings::read_playlist(std::string name, std::string track, Reply<hls::Body> reply) {
  on_reader<hls::Body>(
      std::move(reply),
      [this, name = std::move(name), track = std::move(track)]() -> Result<hls::Body> {
        auto address = find_public(name);
        if (!address) {
          return fail(std::move(address).error());
        }
        return track.empty() ? read_archive_->multivariant(*address, name + "/")
                             : read_archive_->playlist(*address, track);
      });
}

void Recordings::read_space(Reply<archive::DiskSpace> reply) {
  on_reader<archive::DiskSpace>(std::move(reply), [this] { return read_archive_->space(); });
}

}  // namespace estrad::app
