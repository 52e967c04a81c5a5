#include "live/worker_process.h"

#include <csignal>
#include <fstream>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/on_loop.h"
#include "support/temporary_folder.h"

namespace estrad::live {
namespace {

using estrad::test::on_loop;

/// Runs shell scripts in a worker's place: what a worker can do wrong is done by a real process.
class WorkerProcessTest : public ::testing::Test {
 protected:
  ~WorkerProcessTest() override {
    on_loop(loop_, [this] {
      worker_.reset();
      return 0;
    });
  }

  void start(const std::string& script) {
    options_.silence = milliseconds(200);
    options_.grace = milliseconds(100);
    options_.input_limit = 1 << 20U;
    WorkerEvents events;
    events.record = [this](pipeline::Record record) {
      records_.push_back(std::move(record));
      if (on_record_) {
        on_record_();
      }
    };
    events.exited = [this](WorkerExit exit) { exit_.set_value(std::move(exit)); };
    on_loop(loop_, [&] {
      auto worker = WorkerProcess::start(loop_, {"/bin/sh", "-c", script}, "test", options_,
                                         std::move(events));
      EXPECT_TRUE(worker) << worker.error().message;
      worker_ = std::move(*worker);
      return 0;
    });
  }
  /// A shell command that prints this record.
  std::string print(const pipeline::Record& record) {
    const auto path = folder_ / ("record" + std::to_string(files_++));
    const Bytes bytes = pipeline::encode(record);
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return "cat " + path.string() + "; ";
  }
  WorkerExit wait() { return exit_.get_future().get(); }

  estrad::test::TemporaryFolder folder_;
  int files_ = 0;
  WorkerProcesses::Options options_;
  std::vector<pipeline::Record> records_;
  std::function<void()> on_record_;
  std::promise<WorkerExit> exit_;
  glib::EventLoop loop_{"worker"};
  std::unique_ptr<WorkerProcess> worker_;
};

TEST_F(WorkerProcessTest, GivesItsRecordsAndReportsAQuietEnd) {
  start(print(pipeline::Heartbeat{17}) + "exit 0");
  EXPECT_EQ(wait().cause, WorkerExit::Cause::kDone);
  ASSERT_EQ(records_.size(), 1U);
  EXPECT_EQ(std::get<pipeline::Heartbeat>(records_[0]).input_bytes, 17U);
}

TEST_F(WorkerProcessTest, ReportsTheExitCodeWithItsLastWords) {
  start("echo 'no element x264enc' >&2; exit 69");
  const WorkerExit exit = wait();
  EXPECT_EQ(exit.cause, WorkerExit::Cause::kFailed);
  EXPECT_EQ(exit.message, "exit code 69: no element x264enc");
}

TEST_F(WorkerProcessTest, ReportsACrash) {
  start("kill -SEGV $$");
  const WorkerExit exit = wait();
  EXPECT_EQ(exit.cause, WorkerExit::Cause::kCrashed);
  EXPECT_THAT(exit.message, ::testing::HasSubstr("signal 11"));
}

TEST_F(WorkerProcessTest, KillsAWorkerThatHangs) {
  std::promise<void> alive;
  on_record_ = [&alive] { alive.set_value(); };
  start(print(pipeline::Heartbeat{}) + "exec cat >/dev/null");
  alive.get_future().get();
  on_loop(loop_, [this] { return ::kill(worker_->pid(), SIGSTOP); });
  EXPECT_EQ(wait().cause, WorkerExit::Cause::kSilent);
}

TEST_F(WorkerProcessTest, KillsAWorkerThatTalksNonsense) {
  start("printf '\\377\\377\\377\\377garbage'; exec cat >/dev/null");
  EXPECT_EQ(wait().cause, WorkerExit::Cause::kGarbage);
}

TEST_F(WorkerProcessTest, FeedsTheWorkerAndEndsItsInput) {
  start("test \"$(cat)\" = 'some media' || exit 1");
  on_loop(loop_, [this] {
    EXPECT_TRUE(worker_->write(share("some ")));
    EXPECT_TRUE(worker_->write(share("media")));
    worker_->finish();
    return 0;
  });
  EXPECT_EQ(wait().cause, WorkerExit::Cause::kDone);
}

TEST_F(WorkerProcessTest, TellsWhenTheWorkerDoesNotRead) {
  start("exec sleep 1000");
  const bool is_taken = on_loop(loop_, [this] {
    bool all = true;
    for (int i = 0; i < 40; ++i) {
      all = all && worker_->write(share(Bytes(64 * 1024)));
    }
    return all;
  });
  EXPECT_FALSE(is_taken);
}

TEST_F(WorkerProcessTest, SendsControlWordsOnDescriptorThree) {
  start("read line <&3; test \"$line\" = '{\"do\":\"cut\"}' || exit 1");
  on_loop(loop_, [this] {
    worker_->cut();
    return 0;
  });
  EXPECT_EQ(wait().cause, WorkerExit::Cause::kDone);
}

TEST_F(WorkerProcessTest, EndsAWorkerThatDoesNotListen) {
  options_.silence = std::chrono::seconds(60);
  std::promise<void> alive;
  on_record_ = [&alive] { alive.set_value(); };
  start("trap '' TERM; " + print(pipeline::Heartbeat{}) + "while :; do read x <&3; done");
  alive.get_future().get();
  on_loop(loop_, [this] {
    worker_->finish();
    return 0;
  });
  EXPECT_NE(wait().cause, WorkerExit::Cause::kDone);
}

TEST_F(WorkerProcessTest, LeaksNoDescriptorToTheWorker) {
  // One that is not close-on-exec, as a library may make it. ls has one of its own for the folder.
  const glib::Fd ours(::dup(0));
  start("ls /proc/self/fd | wc -l | grep -qx 5 || { ls -l /proc/self/fd >&2; exit 1; }");
  const WorkerExit exit = wait();
  EXPECT_EQ(exit.cause, WorkerExit::Cause::kDone) << exit.message;
}

TEST_F(WorkerProcessTest, SaysWhenTheProgramIsNotThere) {
  WorkerEvents events;
  events.record = [](const pipeline::Record&) {};
  events.exited = [this](WorkerExit exit) { exit_.set_value(std::move(exit)); };
  on_loop(loop_, [&] {
    worker_ = std::move(
        *WorkerProcess::start(loop_, {"/nowhere/estrad"}, "test", options_, std::move(events)));
    return 0;
  });
  EXPECT_EQ(wait().cause, WorkerExit::Cause::kFailed);
}

TEST(WorkerProcesses, SpellOutTheCommand) {
  glib::EventLoop loop("command");
  const WorkerProcesses processes(loop, {.command = {"estrad", "pipeline"}, .ladder = "l.json"});
  WorkerOrder order;
  order.input = WorkerOrder::Input::kSlate;
  order.frozen = "{}";
  order.title = "-- Budget day";
  EXPECT_THAT(processes.command_for(order),
              ::testing::ElementsAre("estrad", "pipeline", "--input", "slate", "--ladder", "l.json",
                                     "--segment-ms", "2000", "--part-ms", "500", "--frozen", "{}",
                                     "--title=-- Budget day"));
}

}  // namespace
}  // namespace estrad::live
