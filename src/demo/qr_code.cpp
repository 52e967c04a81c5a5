#include "demo/qr_code.h"

#include <cerrno>

#include <qrencode.h>

#include "glib/handle.h"

namespace estrad::demo {
namespace {

using Code = glib::Handle<QRcode, QRcode_free>;

/// ISO/IEC 18004 asks for four modules of nothing around the code.
constexpr int kQuietZone = 4;

bool is_dark(const QRcode& code, int x, int y) {
  const bool is_inside = x >= 0 && y >= 0 && x < code.width && y < code.width;
  return is_inside && (code.data[y * code.width + x] & 1) != 0;
}

/// One character for an upper and a lower module, drawn in black on white.
const char* half_block(bool upper, bool lower) {
  if (upper && lower) {
    return "█";
  }
  if (upper) {
    return "▀";
  }
  return lower ? "▄" : " ";
}

}  // namespace

Result<std::string> qr_code_for_terminal(std::string_view text) {
  const Code code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
  if (!code) {
    return fail(errno == ERANGE ? invalid_input("too long for a QR code")
                                : unavailable_errno("QR code", errno));
  }
  std::string lines;
  for (int y = -kQuietZone; y < code->width + kQuietZone; y += 2) {
    lines += "\x1b[30;107m";
    for (int x = -kQuietZone; x < code->width + kQuietZone; ++x) {
      lines += half_block(is_dark(*code, x, y), is_dark(*code, x, y + 1));
    }
    lines += "\x1b[0m\n";
  }
  return lines;
}

}  // namespace estrad::demo
