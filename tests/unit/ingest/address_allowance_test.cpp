#include "ingest/address_allowance.h"

#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace estrad::ingest {
namespace {

TEST(AddressAllowance, IsSpentAfterSoManyInARowAndComesBackOneByOne) {
  test::ManualClock clock;
  AddressAllowance allowance(3, milliseconds(1000));
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(allowance.is_spent("a", clock.steady()));
    allowance.spend("a", clock.steady());
  }
  EXPECT_TRUE(allowance.is_spent("a", clock.steady()));
  EXPECT_FALSE(allowance.is_spent("b", clock.steady()));
  clock.advance(milliseconds(1000));
  EXPECT_FALSE(allowance.is_spent("a", clock.steady()));
  allowance.spend("a", clock.steady());
  EXPECT_TRUE(allowance.is_spent("a", clock.steady()));
  clock.advance(milliseconds(3000));
  allowance.spend("a", clock.steady());
  allowance.spend("a", clock.steady());
  EXPECT_FALSE(allowance.is_spent("a", clock.steady()));
}

TEST(AddressAllowance, RemembersNoMoreThanItMay) {
  test::ManualClock clock;
  AddressAllowance allowance(3, milliseconds(1000));
  for (int i = 0; i < 5'000; ++i) {
    allowance.spend(std::to_string(i), clock.steady());
  }
  EXPECT_LE(allowance.remembered(), 4096U);
}

}  // namespace
}  // namespace estrad::ingest
