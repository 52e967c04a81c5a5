#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "live/home.h"
#include "live/ports.h"
#include "webcast/public_log.h"
#include "webcast/question_box.h"

namespace estrad::live {

/// An event's questions and its public log. Loaded when first needed; every change is stored before
/// it is answered, published or served. Lives on the live loop.
class Room {
 public:
  /// The event as it is now, and the media time, for the log.
  struct Surroundings {
    std::function<const webcast::Event&()> event;
    std::function<std::optional<std::int64_t>()> media_ms;
    std::function<std::uint64_t()> viewers;
  };
  Room(glib::EventLoop& loop, const Clock& clock, EventStore& store, Publisher& publisher,
       std::string event_id, Surroundings surroundings);

  /// Runs `task` when the room is loaded (with no error) or cannot be.
  void when_loaded(std::function<void(Status)> task);
  [[nodiscard]] bool is_loaded() const { return log_.has_value(); }
  [[nodiscard]] webcast::QuestionBox& box() { return box_; }
  [[nodiscard]] const webcast::PublicLog& log() const { return *log_; }

  /// Stores what became of a question; then the log and the consoles tell it, and `reply` answers.
  /// If it cannot be stored, the box is rolled back to `before`. The room is loaded.
  void commit(std::optional<webcast::Question> before, webcast::Question after,
              Reply<webcast::Question> reply);
  /// The event changed its state: the log says so.
  void append_state(webcast::EventState state);
  /// Publishes the log as it is.
  void publish();

  /// Closes the page that is due. Call often.
  void advance();

 private:
  void loaded(Result<StoredRoom> stored);
  void write(const std::optional<webcast::Question>& before, const webcast::Question& after,
             RoomChange& change);
  void close_page(const webcast::ClosedPage& page);
  void keep_page(webcast::StoredPage page);
  void rewrite_pages(const std::vector<webcast::StoredPage>& pages);
  void tell_console(const webcast::Question& question);

  // set once
  const Clock& clock_;
  EventStore& store_;
  Publisher& publisher_;
  std::string event_id_;
  Surroundings surroundings_;

  // live loop only
  bool is_loading_ = false;
  std::deque<std::function<void(Status)>> waiting_;
  webcast::QuestionBox box_;
  std::optional<webcast::PublicLog> log_;
  /// The newest closed pages with entries, as LogView has them.
  std::deque<webcast::StoredPage> pages_;
  /// Readers may ask for pages below this: the closed ones that are stored.
  std::uint64_t served_until_ = 1;
  Home home_;
};

}  // namespace estrad::live
