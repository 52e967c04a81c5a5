#include "site_fixture.h"

#include "web/assets.h"

namespace estrad::test {
namespace {

std::shared_ptr<const web::Assets> some_assets() {
  auto assets = std::make_shared<web::Assets>();
  assets->names = {{"viewer.js", "viewer-AB12.js"}, {"favicon.svg", "favicon-CD34.svg"}};
  assets->preloads = {{"viewer.js", {{"chunk-now.js"}, {"chunk-hls.js"}}}};
  assets->files["viewer-AB12.js"] = web::make_asset("viewer-AB12.js", "export {};");
  assets->files["favicon-CD34.svg"] = web::make_asset("favicon-CD34.svg", "<svg/>");
  assets->swedish = *web::Catalogue::create(
      R"({"page.footer":"Tillhandahålls av {provider}","state.live":"Direkt"})");
  assets->english =
      *web::Catalogue::create(R"({"page.footer":"Provided by {provider}","state.live":"Live"})");
  return assets;
}

hls::SegmentPtr some_segment(std::uint64_t msn, std::uint32_t parts, bool is_complete) {
  hls::Segment segment;
  segment.info.msn = msn;
  segment.is_complete = is_complete;
  for (std::uint32_t i = 0; i < parts; ++i) {
    hls::Part part;
    part.msn = msn;
    part.index = i;
    part.bytes = share("[" + std::to_string(msn) + "." + std::to_string(i) + "]");
    segment.parts.push_back(std::make_shared<const hls::Part>(part));
  }
  return std::make_shared<const hls::Segment>(segment);
}

}  // namespace

void SiteTest::start(web::SiteOptions options) {
  options.listen = "127.0.0.1:0";
  auto site = web::Site::create(std::move(options), backend_, some_assets());
  ASSERT_TRUE(site) << site.error().message;
  site_ = std::move(*site);
}

Answer SiteTest::call(const std::string& method, const std::string& path,
                      const std::string& headers, const std::string& body) const {
  HttpClient client = connect();
  client.request(method, path, headers, body);
  return client.receive(method == "HEAD");
}

webcast::Event SiteTest::event_in(webcast::EventState state) {
  webcast::Event event;
  event.id = "event-1";
  event.plan.slug = "talk";
  event.plan.title = "Budget & <debate>";
  event.plan.description = "Hello **you** <script>alert(1)</script>";
  event.plan.starts_at = from_epoch_ms(1'773'147'600'000);
  event.state = state;
  const bool was_live =
      state != webcast::EventState::kDraft && state != webcast::EventState::kPlanned &&
      state != webcast::EventState::kLobby && state != webcast::EventState::kCancelled;
  event.take_address = was_live ? kTake : "";
  return event;
}

void SiteTest::publish(webcast::Event event, std::vector<std::string> former_slugs) {
  auto view = std::make_shared<web::EventView>();
  view->event = std::move(event);
  view->former_slugs = std::move(former_slugs);
  site_->publish_event(std::move(view));
}

void SiteTest::publish_edge(std::uint64_t msn, std::uint32_t part, bool is_ended) {
  hls::TrackSnapshot::Content content;
  content.track.name = "v720";
  hls::LiveText text;
  text.head = "#EXTM3U edge ";
  text.delta_head = "#EXTM3U delta to ";
  text.tail = std::to_string(msn) + "." + std::to_string(part) + "\n";
  content.playlist = std::make_shared<const hls::LiveBodies>(std::move(text), hls::HistoryText());
  content.kept.push_back(some_segment(msn - 1, 5, true));
  if (part > 0) {
    content.kept.push_back(some_segment(msn, part, false));
  }
  content.inits[1] = share(std::string_view("init"));
  content.next_part = {1, msn, part};
  content.is_ended = is_ended;
  auto channel = std::make_shared<hls::ChannelSnapshot>();
  channel->playlist = hls::make_body("#EXTM3U\ntaketake/v720.m3u8\n");
  channel->tracks = {"v720"};
  site_->publish_channel(kTake, channel);
  site_->publish_track(kTake, std::make_shared<const hls::TrackSnapshot>(std::move(content)));
}

void SiteTest::publish_log(std::uint64_t next_page) {
  auto log = std::make_shared<web::LogView>();
  log->state = share("{\"next_page\":" + std::to_string(next_page) + "}");
  log->next_page = next_page;
  if (next_page > 1) {
    log->pages[next_page - 1] = share("{\"page\":" + std::to_string(next_page - 1) + "}");
  }
  site_->publish_log("talk", log);
}

}  // namespace estrad::test
