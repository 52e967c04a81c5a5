#include "config/key_table.h"

#include <iterator>
#include <utility>

namespace estrad::config {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using S = Settings;

constexpr hours kDay{24};
constexpr hours kYear = 365 * kDay;

/// A key over one member of one section.
template <typename Owner, typename Value>
Key key(std::string path, Owner Settings::*section, Value Owner::*member, Type<Value> type,
        json fallback, std::string help) {
  Key made;
  made.path = std::move(path);
  made.form = type.form;
  made.fallback = std::move(fallback);
  made.allowed = type.allowed;
  made.help = std::move(help);
  made.read = [section, member, read = std::move(type.read)](Settings& settings,
                                                             const json& value) -> Status {
    auto parsed = read(value);
    if (!parsed) {
      return fail(std::move(parsed).error());
    }
    settings.*section.*member = std::move(*parsed);
    return {};
  };
  made.write = [section, member, write = std::move(type.write)](const Settings& settings) {
    return write(settings.*section.*member);
  };
  return made;
}

Key later(Key key) {
  key.is_later = true;
  return key;
}

Key secret(Key key) {
  key.is_secret = true;
  return key;
}

std::vector<Key> serving() {
  return {
      key("http.listen", &S::http, &Http::listen, listen_address(), "127.0.0.1:8080",
          "Where the server answers. In public it stands behind a reverse proxy on the same "
          "machine, which does TLS."),
      key("http.public_url", &S::http, &Http::public_url, web_address_or_none(), "",
          "The address that viewers see, for links and sharing. Empty: taken from the request."),
      key("http.trusted_proxies", &S::http, &Http::trusted_proxies, networks(),
          json::array({"127.0.0.1/32", "::1/128"}),
          "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."),
      key("http.threads", &S::http, &Http::threads, whole_number(0, 64), 0,
          "Threads that serve viewers. 0: one for each processor, at most 8."),
  };
}

std::vector<Key> presenters() {
  return {
      key("rtmp.listen", &S::rtmp, &Rtmp::listen, listen_address_or_off(), "0.0.0.0:1935",
          "Where presenters send with RTMP: OBS, Zoom, Teams, hardware encoders."),
      later(key("rtmps.listen", &S::rtmps, &Rtmps::listen, listen_address_or_off(), "",
                "RTMP over TLS. Needs the certificate and the key below.")),
      later(key("rtmps.certificate", &S::rtmps, &Rtmps::certificate, file_or_none(), "",
                "The certificate chain, a PEM file.")),
      later(key("rtmps.key", &S::rtmps, &Rtmps::key, file_or_none(), "",
                "Its private key, a PEM file.")),
      later(key("srt.listen", &S::srt, &Srt::listen, listen_address_or_off(), "0.0.0.0:8890",
                "Where presenters send with SRT, over UDP.")),
      later(key("whip.udp_ports", &S::whip, &Whip::udp_ports, port_range(), "40000-40099",
                "UDP ports for presenters who send from a browser; open them in the firewall.")),
      later(key("whip.public_address", &S::whip, &Whip::public_address, host_or_none(), "",
                "The address at which browsers reach this machine when it stands behind NAT.")),
      later(key("whip.ice_servers", &S::whip, &Whip::ice_servers, ice_servers(), json::array(),
                "STUN and TURN servers that presenters' browsers are told of.")),
  };
}

std::vector<Key> storage() {
  return {
      key("data.dir", &S::data, &Data::dir, folder_or_default(), "",
          "Everything that Estrad keeps. Empty: recordings/ of the checkout when the program runs "
          "from a checkout's build folder, else /var/lib/estrad."),
      secret(key("database.url", &S::database, &Database::url, local_url_or_default("sqlite"), "",
                 "Events, stages, users, questions. Empty: sqlite://<data.dir>/estrad.db.")),
      secret(key("archive.url", &S::archive, &Archive::url, local_url_or_default("file"), "",
                 "Recordings. Empty: file://<data.dir>/archive.")),
  };
}

std::vector<Key> broadcast() {
  return {
      key("hls.segment_ms", &S::hls, &Hls::segment_ms, whole_number(1000, 10000), 2000,
          "Length of a segment, one group of pictures. A whole multiple of hls.part_ms."),
      key("hls.part_ms", &S::hls, &Hls::part_ms, whole_number(200, 2000), 500,
          "Length of a part for events with latency \"balanced\": viewers are about three parts "
          "behind. (\"lowest\" takes 200, \"scale\" 1000.)"),
      key("hls.window", &S::hls, &Hls::window,
          duration_or_zero("the whole event", minutes(1), 30 * kDay), "0",
          "How far back viewers of a live event can go. All but the newest seconds comes from the "
          "recording on disk, so that this costs hardly any memory."),
      key("media.ladder", &S::media, &Media::ladder, plain_name(), "standard",
          "Which renditions are made: the file pipelines/<ladder>.json."),
      key("media.max_live", &S::media, &Media::max_live, whole_number(0, 1000), 0,
          "Most stages with a feed at the same time; a further presenter is refused, with a "
          "sentence "
          "that says so. 0: as the processors allow, by what the pipelines take."),
      key("live.end_after", &S::live, &Live::end_after,
          duration_or_zero("only staff end an event", seconds(10), 30 * kDay), "30m",
          "An event without a feed ends by itself after this time, counted only after its planned "
          "end and never while it is paused."),
      key("live.takeover_after", &S::live, &Live::takeover_after,
          duration(milliseconds(200), seconds(5)), "1s",
          "How long a presenter's old connection must be silent before a new one with the same key "
          "takes over."),
  };
}

std::vector<Key> looks_and_operations() {
  return {
      key("brand.name", &S::brand, &Brand::name, words(80), "Estrad",
          "The provider of the service, as pages and the notice beside the question box name it."),
      key("brand.logo", &S::brand, &Brand::logo, file_or_none(), "",
          "An image, SVG or PNG, shown instead of the name."),
      key("brand.accent", &S::brand, &Brand::accent, accent_colour(), "#0f5c8c",
          "The one colour of buttons and links. A lighter one for dark pages is derived from it."),
      key("log.level", &S::log, &Log::level, log_level(), "info",
          "Lines less important than this are left out."),
      key("log.format", &S::log, &Log::format, log_format(), "text",
          "Lines for people, or JSON lines for machines. Both go to standard error."),
      key("metrics.allow", &S::metrics, &Metrics::allow, networks(),
          json::array({"127.0.0.1/32", "::1/128"}),
          "Who may read /metrics, judged on the forwarded address."),
      secret(later(key("mail.url", &S::mail, &Mail::url, mail_url_or_off(), "",
                       "The server that sends mail."))),
  };
}

std::vector<Key> limits_of_connections() {
  return {
      key("limits.http_connections", &S::limits, &Limits::http_connections,
          whole_number(10, 1'000'000), 10000,
          "Open connections in all. Each takes a file descriptor (LimitNOFILE)."),
      key("limits.http_connections_per_address", &S::limits, &Limits::http_connections_per_address,
          whole_number(6, 1'000'000), 4000,
          "From one address that is not a trusted proxy. A browser takes up to six, and a whole "
          "office often shares one address."),
      key("limits.http_header_timeout", &S::limits, &Limits::http_header_timeout,
          duration(seconds(1), minutes(2)), "10s",
          "Time from the first byte of a request to the end of its headers."),
      key("limits.http_idle_timeout", &S::limits, &Limits::http_idle_timeout,
          duration(seconds(25), minutes(10)), "1m",
          "Silence after which a connection is closed; longer than the 20 s that a request for the "
          "public log may wait."),
      key("limits.http_body_kib", &S::limits, &Limits::http_body_kib, whole_number(16, 10240), 64,
          "The largest body of a request, in KiB."),
      key("limits.rtmp_connections", &S::limits, &Limits::rtmp_connections, whole_number(1, 10000),
          200, "Presenters' connections in all."),
      key("limits.rtmp_connections_per_address", &S::limits, &Limits::rtmp_connections_per_address,
          whole_number(1, 10000), 20, "Presenters' connections from one address."),
      key("limits.rtmp_handshake_timeout", &S::limits, &Limits::rtmp_handshake_timeout,
          duration(seconds(1), minutes(1)), "5s", "Time from connection to handshake."),
      key("limits.rtmp_idle_timeout", &S::limits, &Limits::rtmp_idle_timeout,
          duration(seconds(2), minutes(5)), "15s",
          "Silence after which a presenter's connection is closed."),
      key("limits.rtmp_message_mib", &S::limits, &Limits::rtmp_message_mib, whole_number(1, 64), 8,
          "The largest message of a presenter, in MiB: one video frame."),
  };
}

std::vector<Key> limits_of_people() {
  return {
      key("limits.refused_keys_per_address", &S::limits, &Limits::refused_keys_per_address,
          whole_number(1, 10000), 10,
          "Wrong stream keys from one address in a minute before it has to wait."),
      key("limits.sign_ins_per_address", &S::limits, &Limits::sign_ins_per_address,
          whole_number(1, 10000), 10,
          "Failed sign-ins from one address in a minute before it has to wait."),
      key("limits.questions_per_viewer", &S::limits, &Limits::questions_per_viewer,
          whole_number(1, 1000), 5, "Questions of one viewer in a minute."),
      key("limits.questions_per_address", &S::limits, &Limits::questions_per_address,
          whole_number(1, 100000), 300,
          "Questions from one address in a minute. A whole office often shares one address."),
      key("limits.question_characters", &S::limits, &Limits::question_characters,
          whole_number(50, 10000), 1000, "The longest question."),
  };
}

std::vector<Key> retention() {
  return {
      later(key("retention.address_hashes", &S::retention, &Retention::address_hashes,
                duration(minutes(1), 7 * kDay), "24h",
                "Keyed hashes of addresses, kept against abuse. Addresses in the clear are never "
                "stored.")),
      later(key("retention.unpublished_questions", &S::retention, &Retention::unpublished_questions,
                duration(kDay, 10 * kYear), "90d",
                "Questions that were never published and held messages, after the event.")),
      later(key("retention.registrations", &S::retention, &Retention::registrations,
                duration(kDay, 10 * kYear), "90d", "Registrations, after the event.")),
      later(key("retention.removed_evidence", &S::retention, &Retention::removed_evidence,
                duration(kDay, 10 * kYear), "365d",
                "Removed messages, sealed for a police report.")),
      later(key("retention.audit_trail", &S::retention, &Retention::audit_trail,
                duration(kDay, 20 * kYear), "730d", "What staff did.")),
      later(key("retention.statistics", &S::retention, &Retention::statistics,
                duration_or_zero("for ever", kDay, 100 * kYear), "0",
                "Statistics without identifiers.")),
  };
}

}  // namespace

std::vector<Section> make_sections() {
  return {
      {"http", "Pages, media and the staff API."},
      {"rtmp", "Presenters over RTMP."},
      {"rtmps", "Presenters over RTMP with TLS."},
      {"srt", "Presenters over SRT."},
      {"whip", "Presenters in a browser."},
      {"data", "Where everything is kept."},
      {"database", "What is not media."},
      {"archive", "Media."},
      {"hls", "How media is cut for viewers."},
      {"media", "How media is made."},
      {"live", "When broadcasts end and feeds take over."},
      {"brand", "How pages look."},
      {"log", "Lines for the operator."},
      {"metrics", "Figures for Prometheus."},
      {"mail", "Outgoing mail."},
      {"limits", "What outsiders can take of the machine."},
      {"retention", "How long personal data is kept."},
  };
}

std::vector<Key> make_keys() {
  std::vector<Key> all;
  for (auto&& part : {serving(), presenters(), storage(), broadcast(), looks_and_operations(),
                      limits_of_connections(), limits_of_people(), retention()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace estrad::config
