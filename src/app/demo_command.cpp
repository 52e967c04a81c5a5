#include <fmt/core.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>

#include "app/commands.h"
#include "app/demo_event.h"
#include "app/exit_code.h"
#include "app/server.h"
#include "app/server_notify.h"
#include "app/signals.h"
#include "base/log.h"
#include "demo/qr_code.h"
#include "live/child_process.h"

namespace estrad::app {
namespace {

/// This machine's first address that others on its network can reach; empty when there is none.
std::string lan_address() {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) {
    return {};
  }
  const glib::Handle<ifaddrs, freeifaddrs> owner(list);
  for (const ifaddrs* each = list; each != nullptr; each = each->ifa_next) {
    const bool is_usable = each->ifa_addr != nullptr && each->ifa_addr->sa_family == AF_INET &&
                           (each->ifa_flags & IFF_LOOPBACK) == 0 && (each->ifa_flags & IFF_UP) != 0;
    std::array<char, NI_MAXHOST> text{};
    if (is_usable && getnameinfo(each->ifa_addr, sizeof(sockaddr_in), text.data(), text.size(),
                                 nullptr, 0, NI_NUMERICHOST) == 0) {
      return text.data();
    }
  }
  return {};
}

/// Settings of the demo come before the user's own, which win.
void add_defaults(DemoOptions& options) {
  std::vector<std::string> defaults;
  if (options.is_lan) {
    const std::string address = lan_address();
    defaults = {"http.listen=0.0.0.0:8080"};
    if (!address.empty()) {
      defaults.push_back("http.public_url=http://" + address + ":8080");
    }
  } else {
    defaults = {"rtmp.listen=127.0.0.1:1935"};
  }
  auto& assignments = options.common.assignments;
  assignments.insert(assignments.begin(), defaults.begin(), defaults.end());
}

void print_links(const Server& server, const DemoEvent& demo, bool is_lan) {
  const std::string watch = server.http_url() + "/w/" + demo.slug;
  fmt::print(
      "\n"
      "  Watch         {}\n"
      "  Studio        {}/studio\n"
      "                {}   password {}\n"
      "  Send with OBS {}\n"
      "                stream key {}   (takes over while the built-in presenter is stopped)\n"
      "\n"
      "  Ctrl-C stops the demo.\n\n",
      watch, server.http_url(), demo.email, demo.password, server.rtmp_url(), demo.obs_key);
  if (is_lan) {
    if (auto code = demo::qr_code_for_terminal(watch)) {
      fmt::print("{}\n", *code);
    }
  }
  std::fflush(stdout);
}

/// The built-in presenter as a process of its own, started again whenever it ends.
class Presenter {
 public:
  explicit Presenter(std::string url) : url_(std::move(url)) {
    loop_.post([this] {
      pause_ = std::make_unique<glib::Timer>(loop_);
      start();
    });
  }
  ~Presenter() {
    loop_.post([this] {
      pause_.reset();
      process_.reset();
    });
    loop_.stop();
  }
  Presenter(const Presenter&) = delete;
  Presenter& operator=(const Presenter&) = delete;

 private:
  static constexpr std::size_t kInputLimit = 1024;

  void start() {
    live::ChildEvents events;
    events.output = [](ByteView) {};
    events.error_line = [](const std::string& line) { log::info("presenter: {}", line); };
    events.exited = [this](int) { try_again(); };
    auto started = live::ChildProcess::start(
        loop_, {config::running_binary().string(), "presenter", "--url", url_}, kInputLimit,
        std::move(events));
    if (!started) {
      log::write(started.error());
      try_again();
      return;
    }
    process_ = std::move(*started);
  }

  void try_again() {
    pause_->start_once(std::chrono::seconds(1), [this] { start(); });
  }

  // set once
  std::string url_;

  // its loop only
  std::unique_ptr<live::ChildProcess> process_;
  std::unique_ptr<glib::Timer> pause_;

  glib::EventLoop loop_{"presenter"};
};

}  // namespace

int run_demo(DemoOptions options) {
  const TerminationSignals signals;
  add_defaults(options);
  auto setup = set_up(options.common);
  if (!setup) {
    return report_setup(setup.error());
  }
  auto server = Server::start({std::move(setup->settings), std::move(setup->places), true});
  if (!server) {
    return report(std::move(server).error());
  }
  auto demo = prepare_demo_event(**server);
  if (!demo) {
    return report(std::move(demo).error().in("demo"));
  }
  log::info("ready {}", (*server)->addresses());
  notify_ready((*server)->addresses());
  {
    const Presenter presenter((*server)->rtmp_url() + "/" + demo->presenter_key);
    print_links(**server, *demo, options.is_lan);
    signals.wait();
  }
  notify_stopping();
  (*server)->stop();
  server->reset();
  return kExitOk;
}

}  // namespace estrad::app
