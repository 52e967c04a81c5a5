#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "http_client.h"
#include "recording_backend.h"
#include "web/site.h"

namespace estrad::test {

/// A Site on a free port over a RecordingBackend, with the event "talk" and the take "taketake".
class SiteTest : public testing::Test {
 protected:
  static constexpr const char* kTake = "taketake";

  void start(web::SiteOptions options = {});
  [[nodiscard]] HttpClient connect() const { return HttpClient(site_->port()); }
  [[nodiscard]] Answer get(const std::string& path, const std::string& headers = "") const {
    return connect().get(path, headers);
  }
  [[nodiscard]] Answer call(const std::string& method, const std::string& path,
                            const std::string& headers = "", const std::string& body = "") const;

  [[nodiscard]] static webcast::Event event_in(webcast::EventState state);
  void publish(webcast::Event event, std::vector<std::string> former_slugs = {});
  /// The live edge is part `part` of segment `msn`; the five parts of segment msn-1 are there.
  void publish_edge(std::uint64_t msn, std::uint32_t part, bool is_ended = false);
  void publish_log(std::uint64_t next_page);

  RecordingBackend backend_;
  std::unique_ptr<web::Site> site_;
};

}  // namespace estrad::test
