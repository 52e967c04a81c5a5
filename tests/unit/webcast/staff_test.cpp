#include <gtest/gtest.h>

#include "webcast/stage.h"
#include "webcast/user.h"

namespace estrad::webcast {
namespace {

using namespace std::chrono_literals;

TEST(Roles, MayWhatTheTableSays) {
  const auto granted = [](Role role) {
    std::string text;
    for (const Permission permission : kPermissions) {
      text += has_permission(role, permission) ? std::string(to_string(permission)) + " " : "";
    }
    return text;
  };
  EXPECT_EQ(granted(Role::kAdmin),
            "read_events manage_stages manage_events control_events manage_recordings moderate "
            "caption manage_accounts ");
  EXPECT_EQ(granted(Role::kProducer),
            "read_events manage_stages manage_events control_events manage_recordings ");
  EXPECT_EQ(granted(Role::kModerator), "read_events moderate ");
  EXPECT_EQ(granted(Role::kCaptioner), "read_events caption ");
}

TEST(Roles, ProducersCommandEventsAndNobodySettlesThem) {
  for (const Command command : kCommands) {
    const bool is_for_staff = command != Command::kSettle && command != Command::kArchive;
    EXPECT_EQ(may_command(Role::kProducer, command), is_for_staff);
    EXPECT_EQ(may_command(Role::kAdmin, command), is_for_staff);
    EXPECT_FALSE(may_command(Role::kModerator, command));
    EXPECT_FALSE(may_command(Role::kCaptioner, command));
  }
}

TEST(Stage, KnowsItsKeysAndForgetsThemWhenTheyAreRotated) {
  const auto stage = make_stage("hall", "", WallTime{}).value();
  EXPECT_EQ(stage.name, "hall");
  EXPECT_EQ(match_key(stage, stage.key), KeyMatch::kMain);
  EXPECT_EQ(match_key(stage, stage.backup_key), KeyMatch::kBackup);
  EXPECT_EQ(match_key(stage, ""), KeyMatch::kNone);
  const auto rotated = with_new_keys(stage);
  EXPECT_EQ(match_key(rotated, stage.key), KeyMatch::kNone);
  EXPECT_EQ(make_stage("Hall 1", "", WallTime{}).error().field, "id");
  EXPECT_EQ(make_stage("hall", "two\nlines", WallTime{}).error().field, "name");
}

TEST(ApiToken, KeepsOnlyItsHashAndExpires) {
  const WallTime now{1'773'147'600s};
  const auto made = make_token("ci", Role::kProducer, now + 1h, now).value();
  EXPECT_EQ(made.token.hash, token_hash(made.text));
  EXPECT_TRUE(made.text.starts_with("estrad_"));
  EXPECT_TRUE(made.token.is_valid(now));
  EXPECT_FALSE(made.token.is_valid(now + 1h));
  EXPECT_EQ(make_token("ci", Role::kProducer, now, now).error().field, "expires_at");
}

TEST(Staff, AddressesAndPasswordsAreChecked) {
  EXPECT_EQ(checked_email(" Ann@Example.org ").value(), "ann@example.org");
  for (const char* email : {"", "ann", "@example.org", "ann@", "a b@c", "a@b@c"}) {
    EXPECT_FALSE(checked_email(email)) << email;
  }
  EXPECT_TRUE(check_password("correct horse"));
  EXPECT_FALSE(check_password("short"));
  EXPECT_FALSE(check_password(std::string(257, 'a')));
}

}  // namespace
}  // namespace estrad::webcast
