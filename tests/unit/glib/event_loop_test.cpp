#include "glib/event_loop.h"

#include <atomic>
#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "support/on_loop.h"

namespace estrad::glib {
namespace {

TEST(EventLoop, RunsTasksInTheOrderTheyWerePosted) {
  EventLoop loop("order");
  std::vector<int> seen;
  for (int i = 0; i < 100; ++i) {
    loop.post([&seen, i] { seen.push_back(i); });
  }
  loop.stop();
  ASSERT_EQ(seen.size(), 100U);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
  }
}

TEST(EventLoop, LosesNoTaskOfManyThreads) {
  EventLoop loop("many");
  int count = 0;  // loop only
  std::vector<std::thread> posters;
  for (int t = 0; t < 4; ++t) {
    posters.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        loop.post([&count] { ++count; });
      }
    });
  }
  for (auto& poster : posters) {
    poster.join();
  }
  EXPECT_EQ(test::on_loop(loop, [&] { return count; }), 4000);
}

TEST(EventLoop, DestroysUnrunWhatComesAfterStop) {
  auto witness = std::make_shared<int>(0);
  EventLoop loop("late");
  loop.stop();
  loop.post([witness] { FAIL() << "ran after stop"; });
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(EventLoop, KnowsItsOwnThread) {
  EventLoop loop("own");
  EXPECT_FALSE(loop.is_current());
  EXPECT_TRUE(test::on_loop(loop, [&] { return loop.is_current(); }));
}

TEST(Timer, RunsOnceAndMayRestartItself) {
  EventLoop loop("timer");
  std::promise<int> done;
  std::unique_ptr<Timer> timer;
  int runs = 0;
  std::function<void()> tick = [&] {
    if (++runs == 3) {
      done.set_value(runs);
      return;
    }
    timer->start_once(std::chrono::milliseconds(1), tick);
  };
  loop.post([&] {
    timer = std::make_unique<Timer>(loop);
    timer->start_once(std::chrono::milliseconds(1), tick);
  });
  EXPECT_EQ(done.get_future().get(), 3);
  test::on_loop(loop, [&] { timer.reset(); });
}

TEST(Timer, MayBeDestroyedByItsOwnTask) {
  EventLoop loop("timer");
  std::promise<void> done;
  std::unique_ptr<Timer> timer;
  loop.post([&] {
    timer = std::make_unique<Timer>(loop);
    timer->start_repeating(std::chrono::milliseconds(1), [&] {
      timer.reset();
      done.set_value();
    });
  });
  done.get_future().get();
}

}  // namespace
}  // namespace estrad::glib
