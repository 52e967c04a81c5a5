#pragma once

#include <csignal>
#include <string>
#include <vector>

#include <gio/gio.h>
#include <gtest/gtest.h>

#include "glib/handle.h"
#include "glib/ref.h"

namespace estrad::test {

/// A program that runs beside the test; killed at the end if it still runs.
class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments) {
    std::vector<const char*> raw;
    for (const std::string& argument : arguments) {
      raw.push_back(argument.c_str());
    }
    raw.push_back(nullptr);
    GError* error = nullptr;
    process_ = glib::Ref<GSubprocess>::adopt(
        g_subprocess_newv(raw.data(),
                          static_cast<GSubprocessFlags>(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                        G_SUBPROCESS_FLAGS_STDERR_MERGE),
                          &error));
    if (!process_) {
      ADD_FAILURE() << glib::take_message(error);
    }
  }
  ~Child() {
    if (process_) {
      g_subprocess_force_exit(process_.get());
      g_subprocess_wait(process_.get(), nullptr, nullptr);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number) { g_subprocess_send_signal(process_.get(), number); }

  struct Outcome {
    int exit_code = -1;
    std::string output;
  };
  Outcome wait() {
    char* raw = nullptr;
    g_subprocess_communicate_utf8(process_.get(), nullptr, nullptr, &raw, nullptr, nullptr);
    const glib::Text output(raw);
    const bool has_exited = g_subprocess_get_if_exited(process_.get()) != FALSE;
    return {has_exited ? g_subprocess_get_exit_status(process_.get()) : -1,
            output ? output.get() : ""};
  }

 private:
  glib::Ref<GSubprocess> process_;
};

}  // namespace estrad::test
