#pragma once

#include <string>

namespace estrad::demo {

struct PresenterOptions {
  /// `rtmp://HOST:PORT/live/KEY`, or `file:///path.flv` to look at what is sent.
  std::string url;
  int width = 1280;
  int height = 720;
  int frame_rate = 30;
  int video_kbit = 2500;
  /// The presenter ends when this descriptor comes to its end, as a child's standard input does
  /// when its parent dies. -1: none.
  int lifeline_fd = 0;
};

/// Sends the demo picture and its beep until SIGTERM, SIGINT or the end of the lifeline, and
/// connects anew for ever when it is refused or thrown out. Takes the calling thread; a process
/// runs it once. Returns an exit code of sysexits.h: 0 after a stop, 69 when this machine cannot
/// make the picture (what is missing is logged).
[[nodiscard]] int run_presenter(const PresenterOptions& options);

}  // namespace estrad::demo
