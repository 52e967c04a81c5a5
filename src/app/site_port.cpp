#include "app/site_port.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace estrad::app {
namespace {

constexpr std::string_view kEventTopic = "event/";

}  // namespace

void SitePort::publish_event(std::shared_ptr<const live::EventView> event) {
  const webcast::Event& value = event->event;
  directory_.put(value);
  std::string& name = take_names_[value.id];
  if (name != value.take_address) {
    if (!name.empty()) {
      recordings_.remove_public_name(name);
    }
    name = value.take_address;
    recordings_.set_public_name(name, {value.id, value.take_folder});
  }
  if (event->is_on_channel) {
    on_channel_.insert(value.id);
  } else {
    on_channel_.erase(value.id);
  }
  web::EventView view{value, directory_.former_slugs(value.id)};
  site_.publish_event(std::make_shared<const web::EventView>(std::move(view)));
}

void SitePort::remove_event(std::string event_id) {
  for (std::string& slug : directory_.former_slugs(event_id)) {
    site_.publish_deleted_event(std::move(slug));
  }
  site_.publish_deleted_event(directory_.slug_of(event_id));
  directory_.remove(event_id);
  on_channel_.erase(event_id);
  if (auto name = take_names_.extract(event_id); !name.empty()) {
    recordings_.remove_public_name(std::move(name.mapped()));
  }
}

std::map<std::string, std::uint64_t> SitePort::count_viewers() const {
  std::map<std::string, std::uint64_t> viewers;
  for (const std::string& id : on_channel_) {
    viewers[id] = site_.count_viewers(take_names_.at(id));
  }
  return viewers;
}

void SitePort::publish_channel(std::string channel, hls::ChannelSnapshotPtr snapshot) {
  site_.publish_channel(std::move(channel), std::move(snapshot));
}

void SitePort::publish_track(std::string channel, std::string /*track*/,
                             hls::TrackSnapshotPtr snapshot) {
  site_.publish_track(std::move(channel), std::move(snapshot));
}

void SitePort::close_channel(std::string channel) {
  site_.close_channel(std::move(channel));
}

void SitePort::publish_log(std::shared_ptr<const live::LogView> log) {
  web::LogView view;
  view.state = share(log->state);
  view.next_page = log->next_page;
  for (const webcast::StoredPage& page : log->pages) {
    view.pages[page.number] = share(page.text);
  }
  const std::uint64_t lag = webcast::PublicLog::kReadersMayLag;
  for (std::uint64_t page = log->next_page > lag ? log->next_page - lag : 1; page < log->next_page;
       ++page) {
    if (!view.pages.contains(page)) {
      view.pages[page] = share(webcast::empty_log_page(page));
    }
  }
  site_.publish_log(directory_.slug_of(log->event_id),
                    std::make_shared<const web::LogView>(std::move(view)));
}

void SitePort::publish_console(std::string topic, std::string json) {
  const std::string name =
      nlohmann::json::parse(json, nullptr, false).value("type", std::string("message"));
  const bool is_event = topic.starts_with(kEventTopic);
  site_.publish_console(is_event ? directory_.slug_of(topic.substr(kEventTopic.size())) : "", name,
                        std::move(json));
}

}  // namespace estrad::app
