#include "store/database.h"

#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/migrations.h"
#include "store/store.h"
#include "support/temporary_folder.h"

namespace estrad::store {
namespace {

using testing::HasSubstr;

constexpr WallTime kNow = WallTime(milliseconds(1'773'147'600'000));

class DatabaseTest : public testing::Test {
 protected:
  [[nodiscard]] std::string path() const { return (folder_ / "estrad test.db").string(); }
  [[nodiscard]] std::string url() const { return "sqlite://" + path(); }

  test::TemporaryFolder folder_;
};

TEST_F(DatabaseTest, IsMadeForItsOwnerAlone) {
  auto database = Database::open(url());
  ASSERT_TRUE(database) << database.error().message;
  EXPECT_TRUE((*database)->check());
  struct stat status {};
  ASSERT_EQ(stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(DatabaseTest, KeepsItsLogWhileAnotherProcessComesAndGoes) {
  auto first = Database::open(url());
  ASSERT_TRUE(first);
  auto second = Database::open(url());
  ASSERT_TRUE(second);
  const std::string command = "sqlite3 '" + path() + "' 'SELECT count(*) FROM events' >/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(access((path() + "-wal").c_str(), F_OK), 0);
}

TEST_F(DatabaseTest, NamesThePathThatCannotBeWritten) {
  for (const auto& bad : {(folder_ / "missing" / "estrad.db").string(), folder_.path().string()}) {
    const auto database = Database::open("sqlite://" + bad);
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().kind, ErrorKind::kUnavailable);
    EXPECT_THAT(database.error().message, HasSubstr(bad));
  }
}

TEST_F(DatabaseTest, RefusesAFileThatIsNoDatabase) {
  std::ofstream(path()) << std::string(4096, 'x');
  const auto database = Database::open(url());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(database.error().message, HasSubstr("no SQLite database"));
}

TEST_F(DatabaseTest, RefusesAnotherKindOfDatabase) {
  EXPECT_EQ(Database::open("postgresql://localhost/x").error().field, "database.url");
  EXPECT_EQ(Database::open("sqlite://").error().field, "database.url");
}

TEST_F(DatabaseTest, RefusesADatabaseOfANewerProgram) {
  { ASSERT_TRUE(Database::open(url())); }
  {
    soci::session session(soci::sqlite3, "db=\"" + path() + "\"");
    session << "UPDATE schema_version SET version = 99";
  }
  const auto database = Database::open(url());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(database.error().message, HasSubstr("newer Estrad (schema 99"));
}

TEST_F(DatabaseTest, MigratesFromTheFirstVersionWithItsData) {
  {
    auto session = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path() + "\"");
    Database old(std::move(session));
    ASSERT_TRUE(migrate(old, 1));
    ASSERT_TRUE(Stages(old).add(webcast::make_stage("hall", "Hall", kNow).value()));
    EXPECT_FALSE(Questions(old).all("any"));
  }
  auto store = Store::open(url());
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ((*store)->stages.find("hall")->name, "Hall");
  EXPECT_TRUE((*store)->questions.all("any")->empty());
}

TEST_F(DatabaseTest, ATransactionKeepsAllOrNothing) {
  auto store = Store::open(url()).value();
  const auto done = store->database->in_transaction([&]() -> Status {
    EXPECT_TRUE(store->stages.add(webcast::make_stage("hall", "", kNow).value()));
    return fail(conflict("changed my mind"));
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(store->stages.find("hall").error().kind, ErrorKind::kNotFound);
}

TEST_F(DatabaseTest, WhatWasAnsweredForSurvivesAKill) {
  { ASSERT_TRUE(Store::open(url())); }
  const pid_t child = fork();
  if (child == 0) {
    auto store = Store::open(url());
    const bool is_saved =
        store && (*store)->stages.add(webcast::make_stage("hall", "", kNow).value());
    if (is_saved) {
      kill(getpid(), SIGKILL);
    }
    _exit(1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  auto store = Store::open(url()).value();
  EXPECT_TRUE(store->stages.find("hall"));
}

TEST_F(DatabaseTest, AReaderNeverWaitsForAWriter) {
  auto store = Store::open(url()).value();
  ASSERT_TRUE(store->stages.add(webcast::make_stage("hall", "", kNow).value()));
  ASSERT_TRUE(store->database->in_transaction([&]() -> Status {
    EXPECT_TRUE(store->stages.add(webcast::make_stage("attic", "", kNow).value()));
    std::thread reader([&] {
      auto other = Store::open(url()).value();
      EXPECT_EQ(other->stages.list()->items.size(), 1U);
    });
    reader.join();
    return {};
  }));
  EXPECT_EQ(store->stages.list()->items.size(), 2U);
}

TEST_F(DatabaseTest, RefusesNulWithTheNameOfTheField) {
  auto store = Store::open(url()).value();
  const auto added = store->audit_trail.add({kNow, "ann", "x", std::string("a\0b", 3), ""});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(added.error().field, "subject");
}

}  // namespace
}  // namespace estrad::store
