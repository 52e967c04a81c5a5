#include "demo/fonts.h"

#include <fontconfig/fontconfig.h>

namespace estrad::demo {

Status check_fonts() {
  const FcFontSet* const fonts =
      FcInit() == FcTrue ? FcConfigGetFonts(nullptr, FcSetSystem) : nullptr;
  if (fonts == nullptr || fonts->nfont == 0) {
    return fail(unavailable("no font is installed (is fonts-dejavu-core installed?)"));
  }
  return {};
}

}  // namespace estrad::demo
