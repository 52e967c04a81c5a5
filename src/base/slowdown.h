#pragma once

namespace estrad {

/// How many times longer than usual a program may take that was built with a sanitizer: starting
/// GStreamer takes it ten seconds on a busy machine. For patience with programs of our own only.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kSlowdown = 6;
#else
inline constexpr int kSlowdown = 1;
#endif

}  // namespace estrad
