#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/doctor.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/value.h"

/// The single checks of `estrad doctor`. Each looks at one thing, changes nothing that stays, and
/// says how to mend what it finds.
namespace estrad::app {

struct NeededElement {
  std::string name;
  std::string package;  ///< The Debian package that holds it.
};

/// Every GStreamer element that the worker and the demo use.
[[nodiscard]] const std::vector<NeededElement>& needed_elements();

/// All of them can be made.
[[nodiscard]] Outcome check_elements(const std::vector<NeededElement>& elements);

/// A pipeline in the words of gst-launch runs to its end: it really encodes and decodes a little.
[[nodiscard]] Outcome check_codec(const std::string& description);
/// What `check_codec` is asked to do for video and for sound.
inline constexpr const char* kVideoRoundTrip =
    "videotestsrc num-buffers=10 ! video/x-raw,width=320,height=180,framerate=30/1 ! "
    "x264enc tune=zerolatency speed-preset=veryfast ! h264parse ! avdec_h264 ! fakesink";
inline constexpr const char* kSoundRoundTrip =
    "audiotestsrc num-buffers=20 ! audioconvert ! avenc_aac ! aacparse ! avdec_aac ! fakesink";

/// Nobody listens there, and this user may.
[[nodiscard]] Outcome check_port(const config::HostPort& address, const std::string& key);

/// Files can be written there, or the folder can be made.
[[nodiscard]] Outcome check_data_folder(const std::filesystem::path& folder);

/// At least `needed_bytes` are free.
[[nodiscard]] Outcome check_disk_space(const std::filesystem::path& folder,
                                       std::uint64_t needed_bytes);
/// An hour of the standard ladder at its caps, with some room.
inline constexpr std::uint64_t kSpaceForAnHour = 5ULL * 1024 * 1024 * 1024;

/// The wall clock shows a possible time; `is_synchronised` tells whether the kernel says that
/// something keeps it right.
[[nodiscard]] Outcome check_clock(WallTime now, bool is_synchronised);
[[nodiscard]] bool is_clock_synchronised();

/// `problem` is what loading the settings came to.
[[nodiscard]] Outcome check_configuration(const Status& loaded);

/// The ladder and the encoder files that it names can be read.
[[nodiscard]] Outcome check_ladder(const std::filesystem::path& file);

/// `open` opens the database and closes it again.
[[nodiscard]] Outcome check_database(const std::function<Status()>& open);

/// There is a font for slates and for the demo.
[[nodiscard]] Outcome check_fonts();

}  // namespace estrad::app
