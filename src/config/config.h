#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "config/value.h"

/// All settings of the program as plain values, one struct for each section. The meaning, limits
/// and default of every key stand once, in the table of config/keys.cpp, from which
/// deploy/estrad.json is written. Made by `load` (config/load.h); never changed afterwards, so any
/// thread may read.
namespace estrad::config {

using std::chrono::milliseconds;

struct Http {
  HostPort listen;
  std::string public_url;  ///< Without a closing slash; empty: derived from the request.
  std::vector<Network> trusted_proxies;
  std::uint32_t threads = 0;  ///< 0: one for each processor, at most 8.
};

struct Rtmp {
  std::optional<HostPort> listen;
};

struct Rtmps {
  std::optional<HostPort> listen;
  std::string certificate;
  std::string key;
};

struct Srt {
  std::optional<HostPort> listen;
};

struct Whip {
  PortRange udp_ports;
  std::string public_address;
  std::vector<std::string> ice_servers;
};

struct Data {
  std::filesystem::path dir;
};

struct Database {
  std::string url;  ///< Never empty after `load`: `sqlite:///absolute/path`.
};

struct Archive {
  std::string url;  ///< Never empty after `load`: `file:///absolute/path`.
};

struct Hls {
  std::uint32_t segment_ms = 0;
  std::uint32_t part_ms = 0;  ///< Divides segment_ms.
  milliseconds window{0};     ///< Zero: the whole event.
};

struct Media {
  std::string ladder;          ///< `pipelines/<ladder>.json`.
  std::uint32_t max_live = 0;  ///< 0: by processors.
};

struct Live {
  milliseconds end_after{};  ///< 0: only staff end an event.
  milliseconds takeover_after{};
};

struct Brand {
  std::string name;
  std::string logo;    ///< A local image file; empty: the name in words.
  std::string accent;  ///< `#rrggbb`, carries white text at AA contrast.
  std::string
      accent_on_dark;  ///< Derived: the nearest to `accent` with AA contrast on dark ground.
};

struct Log {
  log::Level level = log::Level::kInfo;
  log::Format format = log::Format::kText;
};

struct Metrics {
  std::vector<Network> allow;
};

struct Mail {
  std::string url;  ///< Empty: no mail is sent.
};

struct Limits {
  std::uint32_t http_connections = 0;
  std::uint32_t http_connections_per_address = 0;
  milliseconds http_header_timeout{};
  milliseconds http_idle_timeout{};
  std::uint32_t http_body_kib = 0;
  std::uint32_t rtmp_connections = 0;
  std::uint32_t rtmp_connections_per_address = 0;
  milliseconds rtmp_handshake_timeout{};
  milliseconds rtmp_idle_timeout{};
  std::uint32_t rtmp_message_mib = 0;
  std::uint32_t refused_keys_per_address = 0;  ///< In a minute.
  std::uint32_t sign_ins_per_address = 0;      ///< In a minute.
  std::uint32_t questions_per_viewer = 0;      ///< In a minute.
  std::uint32_t questions_per_address = 0;     ///< In a minute.
  std::uint32_t question_characters = 0;
};

struct Retention {
  milliseconds address_hashes{};
  milliseconds unpublished_questions{};
  milliseconds registrations{};
  milliseconds removed_evidence{};
  milliseconds audit_trail{};
  milliseconds statistics{};  ///< 0: for ever.
};

struct Settings {
  Http http;
  Rtmp rtmp;
  Rtmps rtmps;
  Srt srt;
  Whip whip;
  Data data;
  Database database;
  Archive archive;
  Hls hls;
  Media media;
  Live live;
  Brand brand;
  Log log;
  Metrics metrics;
  Mail mail;
  Limits limits;
  Retention retention;
};

/// The database file and the folder of recordings that the (checked) addresses name.
[[nodiscard]] std::filesystem::path database_file(const Settings& settings);
[[nodiscard]] std::filesystem::path archive_folder(const Settings& settings);

}  // namespace estrad::config
