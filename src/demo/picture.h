#pragma once

#include <cstdint>
#include <vector>

#include <pango/pangocairo.h>

#include "base/clock.h"
#include "base/result.h"
#include "glib/handle.h"
#include "glib/ref.h"

namespace estrad::demo {

/// What one frame of the demo shows.
struct Moment {
  WallTime wall;
  bool is_beat = false;  ///< The flash is lit, and the beep sounds.
};

/// The demo's moving picture: a wall clock to read, a dial that sweeps round once a minute, a
/// square that flashes with the beep, and the barcode. Drawn with Cairo in BGRx, 4 bytes a pixel.
/// One thread at a time.
class Picture {
 public:
  /// `width` and `height` are even. Fails when no font can be drawn.
  [[nodiscard]] static Result<Picture> create(int width, int height);

  /// Draws the whole frame into `frame`: `frame_bytes()` bytes.
  void draw(std::uint8_t* frame, const Moment& moment) const;

  [[nodiscard]] std::size_t frame_bytes() const;

 private:
  Picture(int width, int height);
  /// What does not move; false when there is no font.
  [[nodiscard]] static bool draw_ground(cairo_t* cairo);
  static void draw_clock(cairo_t* cairo, WallTime wall);
  static void draw_dial(cairo_t* cairo, WallTime wall);
  void draw_barcode(cairo_t* cairo, WallTime wall) const;
  void scale_to_720(cairo_t* cairo) const;

  // set once
  int width_;
  int height_;
  int stride_;
  std::vector<std::uint8_t> ground_;  ///< All that does not move.
};

}  // namespace estrad::demo
