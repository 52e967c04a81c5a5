#include <array>

#include "webcast/event.h"
#include "webcast/names.h"

namespace estrad::webcast {

std::string_view to_string(Access value) {
  switch (value) {
    case Access::kPublic:
      return "public";
    case Access::kUnlisted:
      return "unlisted";
    case Access::kSeats:
      return "seats";
  }
  return "";
}

std::string_view to_string(Latency value) {
  switch (value) {
    case Latency::kBalanced:
      return "balanced";
    case Latency::kLowest:
      return "lowest";
    case Latency::kScale:
      return "scale";
  }
  return "";
}

std::string_view to_string(StartMode value) {
  switch (value) {
    case StartMode::kManual:
      return "manual";
    case StartMode::kOnFeed:
      return "on_feed";
  }
  return "";
}

std::string_view to_string(PublishMode value) {
  switch (value) {
    case PublishMode::kReview:
      return "review";
    case PublishMode::kAuto:
      return "auto";
  }
  return "";
}

std::string_view to_string(QuestionMode value) {
  switch (value) {
    case QuestionMode::kModerated:
      return "moderated";
    case QuestionMode::kOpen:
      return "open";
    case QuestionMode::kOff:
      return "off";
  }
  return "";
}

std::string_view to_string(Language value) {
  switch (value) {
    case Language::kSv:
      return "sv";
    case Language::kEn:
      return "en";
  }
  return "";
}

std::optional<Access> parse_access(std::string_view name) {
  return find_by_name(std::array{Access::kPublic, Access::kUnlisted, Access::kSeats}, name);
}

std::optional<Latency> parse_latency(std::string_view name) {
  return find_by_name(std::array{Latency::kBalanced, Latency::kLowest, Latency::kScale}, name);
}

std::optional<StartMode> parse_start_mode(std::string_view name) {
  return find_by_name(std::array{StartMode::kManual, StartMode::kOnFeed}, name);
}

std::optional<PublishMode> parse_publish_mode(std::string_view name) {
  return find_by_name(std::array{PublishMode::kReview, PublishMode::kAuto}, name);
}

std::optional<QuestionMode> parse_question_mode(std::string_view name) {
  return find_by_name(std::array{QuestionMode::kModerated, QuestionMode::kOpen, QuestionMode::kOff},
                      name);
}

std::optional<Language> parse_language(std::string_view name) {
  return find_by_name(std::array{Language::kSv, Language::kEn}, name);
}

}  // namespace estrad::webcast
