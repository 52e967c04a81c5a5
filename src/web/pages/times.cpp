#include "web/pages/times.h"

#include <array>

#include "glib/ref.h"

namespace estrad::web {
namespace {

constexpr std::array kSwedishDays = {"måndag", "tisdag", "onsdag", "torsdag",
                                     "fredag", "lördag", "söndag"};
constexpr std::array kEnglishDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
constexpr std::array kSwedishMonths = {"januari",   "februari", "mars",     "april",
                                       "maj",       "juni",     "juli",     "augusti",
                                       "september", "oktober",  "november", "december"};
constexpr std::array kEnglishMonths = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};

using DateTime = glib::Ref<GDateTime>;

DateTime local(WallTime time, const std::string& zone_name) {
  auto zone = glib::Ref<GTimeZone>::adopt(g_time_zone_new_identifier(zone_name.c_str()));
  if (!zone) {
    zone = glib::Ref<GTimeZone>::adopt(g_time_zone_new_utc());
  }
  const auto utc = DateTime::adopt(g_date_time_new_from_unix_utc(epoch_ms(time) / 1000));
  return DateTime::adopt(g_date_time_to_timezone(utc.get(), zone.get()));
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_text(const DateTime& time) {
  return two_digits(g_date_time_get_hour(time.get())) + ":" +
         two_digits(g_date_time_get_minute(time.get()));
}

std::string month_day(const DateTime& time, webcast::Language language) {
  const auto month = static_cast<std::size_t>(g_date_time_get_month(time.get()) - 1);
  const char* name =
      language == webcast::Language::kSv ? kSwedishMonths[month] : kEnglishMonths[month];
  return std::to_string(g_date_time_get_day_of_month(time.get())) + " " + name;
}

std::string week_day(const DateTime& time, webcast::Language language) {
  const auto day = static_cast<std::size_t>(g_date_time_get_day_of_week(time.get()) - 1);
  return language == webcast::Language::kSv ? kSwedishDays[day] : kEnglishDays[day];
}

}  // namespace

std::string LocalTimes::span(WallTime starts, std::optional<WallTime> ends) const {
  const DateTime from = local(starts, timezone_);
  const std::string year = " " + std::to_string(g_date_time_get_year(from.get()));
  if (!ends || date(*ends) == date(starts)) {
    return day(starts) + year + " " + hours(starts, ends);
  }
  return day(starts) + year + " " + clock_text(from) + " – " + day(*ends) + " " +
         clock_text(local(*ends, timezone_));
}

std::string LocalTimes::hours(WallTime starts, std::optional<WallTime> ends) const {
  const std::string from = clock_text(local(starts, timezone_));
  return ends ? from + "–" + clock_text(local(*ends, timezone_)) : from;
}

std::string LocalTimes::day(WallTime time) const {
  const DateTime there = local(time, timezone_);
  return week_day(there, language_) + " " + month_day(there, language_);
}

std::string LocalTimes::short_day(WallTime time) const {
  const DateTime there = local(time, timezone_);
  return month_day(there, language_) + " " + std::to_string(g_date_time_get_year(there.get()));
}

std::string LocalTimes::date(WallTime time) const {
  const DateTime there = local(time, timezone_);
  return std::to_string(g_date_time_get_year(there.get())) + "-" +
         two_digits(g_date_time_get_month(there.get())) + "-" +
         two_digits(g_date_time_get_day_of_month(there.get()));
}

std::string utc_text(WallTime time) {
  const LocalTimes utc("UTC", webcast::Language::kEn);
  const auto seconds = epoch_ms(time) / 1000 % 60;
  return utc.date(time) + "T" + utc.hours(time, std::nullopt) + ":" +
         two_digits(static_cast<int>(seconds)) + "Z";
}

}  // namespace estrad::web
