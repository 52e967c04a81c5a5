#include "demo/picture.h"

#include <cmath>
#include <cstring>
#include <ctime>
#include <numbers>
#include <string>
#include <utility>

#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "demo/barcode.h"
#include "demo/fonts.h"

namespace estrad::demo {
namespace {

using Surface = glib::Handle<cairo_surface_t, cairo_surface_destroy>;
using Context = glib::Handle<cairo_t, cairo_destroy>;
using Pattern = glib::Handle<cairo_pattern_t, cairo_pattern_destroy>;
using Font = glib::Handle<PangoFontDescription, pango_font_description_free>;

struct Ink {
  double red;
  double green;
  double blue;
};
constexpr Ink kGroundTop{0.055, 0.078, 0.106};
constexpr Ink kGroundBottom{0.102, 0.145, 0.192};
constexpr Ink kLine{0.20, 0.27, 0.34};
constexpr Ink kText{0.93, 0.95, 0.97};
constexpr Ink kQuietText{0.64, 0.71, 0.78};
constexpr Ink kAccent{0.38, 0.71, 0.90};

void set_ink(cairo_t* cairo, const Ink& ink) {
  cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue);
}

struct Line {
  double x;
  double y;
  double size;
  bool is_bold;
  Ink ink;
};

/// Draws `text` with its upper left corner at the line's place; false when no font has drawn it.
bool draw_text(cairo_t* cairo, const std::string& text, const Line& line) {
  const auto layout = glib::Ref<PangoLayout>::adopt(pango_cairo_create_layout(cairo));
  const Font font(pango_font_description_from_string(line.is_bold ? "Sans Bold" : "Sans"));
  pango_font_description_set_absolute_size(font.get(), line.size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
  set_ink(cairo, line.ink);
  cairo_move_to(cairo, line.x, line.y);
  pango_cairo_show_layout(cairo, layout.get());
  int width = 0;
  pango_layout_get_pixel_size(layout.get(), &width, nullptr);
  return width > 0 && pango_layout_get_unknown_glyphs_count(layout.get()) == 0;
}

std::tm local_time(WallTime wall) {
  const auto seconds = static_cast<std::time_t>(
      std::chrono::floor<std::chrono::seconds>(wall).time_since_epoch().count());
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return parts;
}

void circle(cairo_t* cairo, double x, double y, double radius) {
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, x, y, radius, 0, 2 * std::numbers::pi);
}

/// All places are given for a picture of this size.
constexpr double kWidth = 1280;
constexpr double kHeight = 720;
constexpr double kFlashX = 64;
constexpr double kFlashY = 504;
constexpr double kFlashSize = 96;
constexpr double kDialX = 1056;
constexpr double kDialY = 328;
constexpr double kDialRadius = 136;

/// A point at `turn` (0 to 1, clockwise from the top) of the dial, in 720-line units.
std::pair<double, double> on_dial(double turn, double radius) {
  const double angle = 2 * std::numbers::pi * turn;
  return {kDialX + radius * std::sin(angle), kDialY - radius * std::cos(angle)};
}

}  // namespace

Picture::Picture(int width, int height)
    : width_(width),
      height_(height),
      stride_(width * 4),
      ground_(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height)) {}

std::size_t Picture::frame_bytes() const {
  return ground_.size();
}

Result<Picture> Picture::create(int width, int height) {
  if (auto status = check_fonts(); !status) {
    return fail(std::move(status).error());
  }
  Picture picture(width, height);
  const Surface surface(cairo_image_surface_create_for_data(
      picture.ground_.data(), CAIRO_FORMAT_RGB24, width, height, picture.stride_));
  const Context cairo(cairo_create(surface.get()));
  if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS) {
    return fail(internal_error(cairo_status_to_string(cairo_status(cairo.get()))));
  }
  picture.scale_to_720(cairo.get());
  if (!draw_ground(cairo.get())) {
    return fail(unavailable("the fonts lack letters (is fonts-dejavu-core installed?)"));
  }
  cairo_surface_flush(surface.get());
  return picture;
}

void Picture::scale_to_720(cairo_t* cairo) const {
  cairo_scale(cairo, width_ / kWidth, height_ / kHeight);
}

bool Picture::draw_ground(cairo_t* cairo) {
  const Pattern gradient(cairo_pattern_create_linear(0, 0, 0, kHeight));
  cairo_pattern_add_color_stop_rgb(gradient.get(), 0, kGroundTop.red, kGroundTop.green,
                                   kGroundTop.blue);
  cairo_pattern_add_color_stop_rgb(gradient.get(), 1, kGroundBottom.red, kGroundBottom.green,
                                   kGroundBottom.blue);
  cairo_set_source(cairo, gradient.get());
  cairo_paint(cairo);

  set_ink(cairo, kLine);
  cairo_set_line_width(cairo, 2);
  circle(cairo, kDialX, kDialY, kDialRadius);
  cairo_stroke(cairo);
  for (int mark = 0; mark < 12; ++mark) {
    const auto [from_x, from_y] = on_dial(mark / 12.0, kDialRadius - 22);
    const auto [to_x, to_y] = on_dial(mark / 12.0, kDialRadius - 12);
    cairo_move_to(cairo, from_x, from_y);
    cairo_line_to(cairo, to_x, to_y);
  }
  cairo_stroke(cairo);
  cairo_rectangle(cairo, kFlashX, kFlashY, kFlashSize, kFlashSize);
  cairo_stroke(cairo);

  return draw_text(cairo, "Estrad demo", {64, 56, 42, true, kText}) &&
         draw_text(cairo, "A broadcast made by the built-in presenter",
                   {64, 116, 24, false, kQuietText}) &&
         draw_text(cairo, "One flash and one beep each second",
                   {kFlashX + kFlashSize + 32, kFlashY + 33, 24, false, kQuietText});
}

void Picture::draw(std::uint8_t* frame, const Moment& moment) const {
  std::memcpy(frame, ground_.data(), ground_.size());
  const Surface surface(
      cairo_image_surface_create_for_data(frame, CAIRO_FORMAT_RGB24, width_, height_, stride_));
  const Context cairo(cairo_create(surface.get()));
  cairo_save(cairo.get());
  scale_to_720(cairo.get());
  draw_clock(cairo.get(), moment.wall);
  draw_dial(cairo.get(), moment.wall);
  if (moment.is_beat) {
    cairo_set_source_rgb(cairo.get(), 1, 1, 1);
    cairo_rectangle(cairo.get(), kFlashX, kFlashY, kFlashSize, kFlashSize);
    cairo_fill(cairo.get());
  }
  cairo_restore(cairo.get());
  draw_barcode(cairo.get(), moment.wall);
  cairo_surface_flush(surface.get());
}

void Picture::draw_clock(cairo_t* cairo, WallTime wall) {
  const auto parts = local_time(wall);
  const auto ms = (wall - std::chrono::floor<std::chrono::seconds>(wall)).count();
  draw_text(cairo, fmt::format("{:%H:%M:%S}", parts), {58, 226, 136, false, kText});
  draw_text(cairo, fmt::format(".{:03}", ms), {668, 267, 94, false, kAccent});
  draw_text(cairo, fmt::format("{:%A %d %B %Y}", parts), {64, 396, 28, false, kQuietText});
}

void Picture::draw_dial(cairo_t* cairo, WallTime wall) {
  const double turn = static_cast<double>(epoch_ms(wall) % 60'000) / 60'000.0;
  set_ink(cairo, kAccent);
  cairo_set_line_width(cairo, 6);
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, kDialX, kDialY, kDialRadius, -std::numbers::pi / 2,
            -std::numbers::pi / 2 + 2 * std::numbers::pi * turn);
  cairo_stroke(cairo);

  cairo_set_line_width(cairo, 4);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  const auto [x, y] = on_dial(turn, kDialRadius);
  cairo_move_to(cairo, kDialX, kDialY);
  cairo_line_to(cairo, x, y);
  cairo_stroke(cairo);
  circle(cairo, x, y, 11);
  circle(cairo, kDialX, kDialY, 7);
  cairo_fill(cairo);
}

void Picture::draw_barcode(cairo_t* cairo, WallTime wall) const {
  // Whole pixels: smoothed edges would grey the cells of a small picture.
  cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
  const double top = std::floor(height_ * kBarcodeTop);
  const auto cells = encode_barcode(wall);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto from = static_cast<double>(i) * width_ / static_cast<double>(cells.size());
    const auto to = static_cast<double>(i + 1) * width_ / static_cast<double>(cells.size());
    const double ink = cells.at(i) ? 1 : 0;
    cairo_set_source_rgb(cairo, ink, ink, ink);
    cairo_rectangle(cairo, std::floor(from), top, std::floor(to) - std::floor(from), height_ - top);
    cairo_fill(cairo);
  }
}

}  // namespace estrad::demo
