#include "app/doctor_checks.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <set>

#include <arpa/inet.h>
#include <gst/gst.h>
#include <netdb.h>
#include <spdlog/fmt/fmt.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/text.h"
#include "demo/fonts.h"
#include "glib/handle.h"
#include "glib/ref.h"
#include "pipeline/ladder.h"

namespace estrad::app {
namespace {

using glib::Ref;
namespace fs = std::filesystem;

std::string install(const std::string& packages) {
  return "sudo apt-get install " + packages;
}

using AddressList = glib::Handle<addrinfo, freeaddrinfo>;

AddressList resolve(const config::HostPort& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE;
  addrinfo* found = nullptr;
  const auto port = std::to_string(address.port);
  if (getaddrinfo(address.host.c_str(), port.c_str(), &hints, &found) != 0) {
    return nullptr;
  }
  return AddressList(found);
}

/// 0, or why nobody can listen there.
int try_to_listen(const addrinfo& address) {
  const glib::Fd socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool is_listening =
      bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 && listen(socket.get(), 1) == 0;
  return is_listening ? 0 : errno;
}

/// `folder`, or the nearest folder above it that exists.
fs::path nearest_existing(fs::path folder) {
  std::error_code ignored;
  while (!fs::exists(folder, ignored) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

double in_gib(std::uint64_t bytes) {
  return static_cast<double>(bytes) / (1024.0 * 1024 * 1024);
}

}  // namespace

const std::vector<NeededElement>& needed_elements() {
  static const std::vector<NeededElement> elements{
      {"queue", "libgstreamer1.0-0"},
      {"tee", "libgstreamer1.0-0"},
      {"appsrc", "gstreamer1.0-plugins-base"},
      {"appsink", "gstreamer1.0-plugins-base"},
      {"videoconvert", "gstreamer1.0-plugins-base"},
      {"videoscale", "gstreamer1.0-plugins-base"},
      {"deinterlace", "gstreamer1.0-plugins-good"},
      {"textoverlay", "gstreamer1.0-x"},
      {"audioconvert", "gstreamer1.0-plugins-base"},
      {"audioresample", "gstreamer1.0-plugins-base"},
      {"aacparse", "gstreamer1.0-plugins-good"},
      {"flvmux", "gstreamer1.0-plugins-good"},
      {"h264parse", "gstreamer1.0-plugins-bad"},
      {"rtmp2sink", "gstreamer1.0-plugins-bad"},
      {"x264enc", "gstreamer1.0-plugins-ugly"},
      {"avdec_h264", "gstreamer1.0-libav"},
      {"avdec_aac", "gstreamer1.0-libav"},
      {"avenc_aac", "gstreamer1.0-libav"},
  };
  return elements;
}

Outcome check_elements(const std::vector<NeededElement>& elements) {
  gst_init(nullptr, nullptr);
  std::vector<std::string> missing;
  std::set<std::string> packages;
  for (const auto& element : elements) {
    if (!Ref<GstElementFactory>::adopt(gst_element_factory_find(element.name.c_str()))) {
      missing.push_back(element.name);
      packages.insert(element.package);
    }
  }
  if (missing.empty()) {
    return well(fmt::format("all {} are there", elements.size()));
  }
  return fault(fmt::format("missing: {}", join(missing, ", ")),
               install(join({packages.begin(), packages.end()}, " ")));
}

Outcome check_codec(const std::string& description) {
  constexpr GstClockTime kPatience = 20 * GST_SECOND;
  const auto remedy =
      install("--reinstall gstreamer1.0-plugins-ugly gstreamer1.0-plugins-bad gstreamer1.0-libav");
  gst_init(nullptr, nullptr);
  GError* error = nullptr;
  const auto pipeline = Ref<GstElement>::sink(
      gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  if (!pipeline) {
    return fault(glib::take_message(error), remedy);
  }
  const auto bus = Ref<GstBus>::adopt(gst_element_get_bus(pipeline.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const auto message = Ref<GstMessage>::adopt(gst_bus_timed_pop_filtered(
      bus.get(), kPatience, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  if (!message) {
    return fault("no end after 20 s", "is this machine under heavy load?");
  }
  if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR) {
    gst_message_parse_error(message.get(), &error, nullptr);
    return fault(glib::take_message(error), remedy);
  }
  return well("encodes and decodes");
}

Outcome check_port(const config::HostPort& address, const std::string& key) {
  const auto place = config::to_string(address);
  const auto addresses = resolve(address);
  const int reason = addresses ? try_to_listen(*addresses) : EADDRNOTAVAIL;
  if (reason == 0) {
    return well(fmt::format("{} is free", place));
  }
  const auto finding = fmt::format("{}: {}", place, std::strerror(reason));
  if (reason == EADDRINUSE) {
    return fault(finding, fmt::format("is Estrad running already? `ss -ltnp` names who has it; or "
                                      "choose another with --set {}=…",
                                      key));
  }
  if (reason == EACCES) {
    return fault(finding,
                 "ports below 1024 are for root: choose a higher one, and let the reverse "
                 "proxy have the low one");
  }
  return fault(finding, fmt::format("set {} to an address of this machine (`ip address`)", key));
}

Outcome check_data_folder(const fs::path& folder) {
  const auto existing = nearest_existing(folder);
  auto pattern = (existing / ".estrad-doctor-XXXXXX").string();
  const glib::Fd file(mkstemp(pattern.data()));
  if (!file) {
    return fault(fmt::format("{}: {}", existing.string(), std::strerror(errno)),
                 fmt::format("give this user the folder (`sudo install -d -o \"$USER\" {}`), or "
                             "choose another with --data",
                             folder.string()));
  }
  unlink(pattern.c_str());
  return well(existing == folder ? fmt::format("{} can be written", folder.string())
                                 : fmt::format("{} can be made", folder.string()));
}

Outcome check_disk_space(const fs::path& folder, std::uint64_t needed_bytes) {
  struct statvfs disk {};
  const auto existing = nearest_existing(folder);
  if (statvfs(existing.c_str(), &disk) != 0) {
    return fault(fmt::format("{}: {}", existing.string(), std::strerror(errno)),
                 "choose another folder with --data");
  }
  const auto free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
  const auto finding = fmt::format("{:.1f} GiB free", in_gib(free));
  return free >= needed_bytes
             ? well(finding)
             : fault(fmt::format("{}, less than the {:.1f} GiB of an hour's recording", finding,
                                 in_gib(needed_bytes)),
                     "free some, or choose another folder with --data");
}

Outcome check_clock(WallTime now, bool is_synchronised) {
  using std::chrono::January;
  constexpr WallTime kEarliest = std::chrono::sys_days(std::chrono::year(2026) / January / 1);
  constexpr WallTime kLatest = std::chrono::sys_days(std::chrono::year(2100) / January / 1);
  const auto shown = format_rfc3339(now);
  if (now < kEarliest || now > kLatest) {
    return fault(fmt::format("the clock shows {}", shown), "sudo timedatectl set-ntp true");
  }
  return is_synchronised ? well(shown)
                         : remark(fmt::format("{}, but nothing is known to keep it right", shown),
                                  "sudo timedatectl set-ntp true (or this is a container, whose "
                                  "host keeps it)");
}

bool is_clock_synchronised() {
  timex state{};
  const int result = adjtimex(&state);
  return result >= 0 && result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

Outcome check_configuration(const Status& loaded) {
  return loaded ? well("every key is allowed")
                : fault(loaded.error().message,
                        "mend it where it stands; deploy/estrad.json lists "
                        "every key");
}

Outcome check_ladder(const fs::path& file) {
  const auto ladder = pipeline::load_ladder(file);
  return ladder ? well(fmt::format("{} video renditions", ladder->video.size()))
                : fault(ladder.error().message,
                        "set media.ladder to a file of pipelines/ that can "
                        "be read");
}

Outcome check_database(const std::function<Status()>& open) {
  const auto status = open();
  return status ? well("opens")
                : fault(status.error().message,
                        "is it Estrad's, and of this version or older? "
                        "Else restore it from a copy");
}

Outcome check_fonts() {
  const auto status = demo::check_fonts();
  return status ? well("there are some")
                : fault(status.error().message, install("fonts-dejavu-core"));
}

}  // namespace estrad::app
