#include "support/places.h"

namespace estrad::test {

std::filesystem::path source_folder() {
  return ESTRAD_SOURCE_DIR;
}

std::filesystem::path programs_folder() {
  return ESTRAD_PROGRAMS_DIR;
}

}  // namespace estrad::test
