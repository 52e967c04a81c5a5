#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "live/feed_source.h"
#include "live/preview.h"
#include "live/take.h"
#include "webcast/stage.h"

namespace estrad::live {

/// A stage as it runs: its feeds, its preview, and the take that it feeds while an event is on air.
/// Lives on the live loop.
class Stage {
 public:
  /// `presence` is called when a feed comes or goes.
  Stage(webcast::Stage stage, const TakeParts& parts, std::function<void()> presence);

  [[nodiscard]] const webcast::Stage& info() const { return info_; }
  void set_info(webcast::Stage stage) { info_ = std::move(stage); }
  [[nodiscard]] FeedSource& feed() { return source_; }

  /// From now on this take gets the feed's parts, nullptr for none. The take must outlive that.
  void set_take(Take* take);
  [[nodiscard]] Take* take() const { return take_; }

  /// Closes the preview of a feed that is long gone. Call often.
  void advance();
  /// `{"type":"signal","connected":…,"protocol":…,"codecs":…,"warnings":[…],"since":…}`
  [[nodiscard]] std::string signal_json() const;

 private:
  void take_part(const FeedRun& run, const pipeline::Part& part);
  void take_signal(const pipeline::Signal& signal);
  void presence_changed();
  void publish_signal();

  // set once
  const Clock& clock_;
  Publisher& publisher_;
  std::function<void()> presence_;

  // live loop only
  webcast::Stage info_;
  FeedSource source_;
  Preview preview_;
  Take* take_ = nullptr;
  std::optional<pipeline::Signal> signal_;
  SteadyTime last_part_{};
};

}  // namespace estrad::live
