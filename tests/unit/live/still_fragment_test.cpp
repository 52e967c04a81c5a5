#include "live/still_fragment.h"

#include <gtest/gtest.h>

#include "harness.h"

namespace estrad::live {
namespace {

/// Where the default duration of a fragment by make_fragment stands: moof 8, mfhd 16, traf 8, tfhd
/// header 12, track 4.
constexpr std::size_t kDefaultDurationAt = 8 + 16 + 8 + 16;

TEST(StillFragment, LastsAsLongAsItIsTold) {
  const auto fragment = stretched(test::make_fragment(15, 45'000), 22'500);
  ASSERT_TRUE(fragment);
  EXPECT_EQ(ByteReader(ByteView(*fragment).subspan(kDefaultDurationAt, 4)).u32(), 1'500U);
}

TEST(StillFragment, RefusesWhatIsNotAFragment) {
  EXPECT_FALSE(stretched(Bytes(40, 0), 100));
  Bytes torn = test::make_fragment(15, 45'000);
  for (std::size_t size = 0; size + 24 < torn.size(); ++size) {
    EXPECT_FALSE(stretched(Bytes(torn.begin(), torn.begin() + static_cast<long>(size)), 100));
  }
}

}  // namespace
}  // namespace estrad::live
