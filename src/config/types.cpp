#include "config/types.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "base/text.h"
#include "config/colour.h"

namespace estrad::config {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kLongestList = 1000;

/// A kind that is written as text: `parse` says whether, `print` says how.
template <typename T, typename Parse, typename Print>
Type<T> text_type(std::string allowed, Parse parse, Print print) {
  auto read = [allowed, parse](const json& value) -> Result<T> {
    if (value.is_string() && value.get_ref<const std::string&>().size() <= kLongestText) {
      if (auto parsed = parse(value.get_ref<const std::string&>())) {
        return std::move(*parsed);
      }
    }
    return fail(invalid_input(allowed));
  };
  return {Form::kText, std::move(allowed), std::move(read), std::move(print)};
}

json print_text(const std::string& text) {
  return text;
}

/// Text that is kept as it stands where `is_allowed`.
template <typename IsAllowed>
Type<std::string> kept_text(std::string allowed, IsAllowed is_allowed) {
  auto parse = [is_allowed](const std::string& text) {
    return is_allowed(text) ? std::optional(text) : std::nullopt;
  };
  return text_type<std::string>(std::move(allowed), std::move(parse), print_text);
}

template <typename T, typename Parse, typename Print>
Type<std::vector<T>> list_type(std::string allowed, Parse parse, Print print) {
  auto read = [allowed, parse](const json& value) -> Result<std::vector<T>> {
    std::vector<T> items;
    bool is_valid = value.is_array() && value.size() <= kLongestList;
    for (std::size_t i = 0; is_valid && i < value.size(); ++i) {
      auto item = value[i].is_string() ? parse(value[i].get_ref<const std::string&>())
                                       : Result<T>(fail(invalid_input("")));
      is_valid = item.has_value();
      if (is_valid) {
        items.push_back(std::move(*item));
      }
    }
    if (!is_valid) {
      return fail(invalid_input(allowed));
    }
    return items;
  };
  auto write = [print](const std::vector<T>& items) {
    auto list = json::array();
    for (const auto& item : items) {
      list.push_back(print(item));
    }
    return list;
  };
  return {Form::kList, std::move(allowed), std::move(read), std::move(write)};
}

bool has_only_printable(std::string_view text) {
  return is_plain_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) {
    return text.starts_with(start) && text.size() > start.size();
  });
}

}  // namespace

Type<std::uint32_t> whole_number(std::uint32_t least, std::uint32_t most) {
  auto allowed = fmt::format("a whole number from {} to {}", least, most);
  auto read = [allowed, least, most](const json& value) -> Result<std::uint32_t> {
    if (value.is_number_integer() && value >= least && value <= most) {
      return value.get<std::uint32_t>();
    }
    return fail(invalid_input(allowed));
  };
  return {Form::kNumber, allowed, read, [](std::uint32_t number) { return json(number); }};
}

Type<milliseconds> duration(milliseconds least, milliseconds most) {
  return text_type<milliseconds>(
      fmt::format("a time like 500ms, 30s, 10m, 24h or 90d, from {} to {}", to_string(least),
                  to_string(most)),
      [least, most](const std::string& text) -> std::optional<milliseconds> {
        const auto parsed = parse_duration(text);
        const bool is_allowed = parsed && *parsed >= least && *parsed <= most;
        return is_allowed ? std::optional(*parsed) : std::nullopt;
      },
      [](milliseconds time) { return json(to_string(time)); });
}

Type<milliseconds> duration_or_zero(std::string_view meaning_of_zero, milliseconds least,
                                    milliseconds most) {
  auto type = duration(least, most);
  auto allowed = fmt::format("{}; or 0: {}", type.allowed, meaning_of_zero);
  auto read = [allowed, inner = type.read](const json& value) -> Result<milliseconds> {
    if (value == "0" || value == 0) {
      return milliseconds(0);
    }
    auto time = inner(value);
    return time ? time : Result<milliseconds>(fail(invalid_input(allowed)));
  };
  type.allowed = allowed;
  type.read = std::move(read);
  return type;
}

Type<HostPort> listen_address() {
  return text_type<HostPort>(
      "an address and a port, like 127.0.0.1:8080 or [::1]:8080 (port 0: any free one)",
      [](const std::string& text) { return parse_host_port(text); },
      [](const HostPort& address) { return json(to_string(address)); });
}

Type<std::optional<HostPort>> listen_address_or_off() {
  using Address = std::optional<HostPort>;
  return text_type<Address>(
      listen_address().allowed + "; empty: off",
      [](const std::string& text) -> Result<Address> {
        if (text.empty()) {
          return Address();
        }
        return parse_host_port(text).map([](HostPort address) { return Address(address); });
      },
      [](const Address& address) { return json(address ? to_string(*address) : ""); });
}

Type<PortRange> port_range() {
  return text_type<PortRange>(
      "a range of ports, like 40000-40099",
      [](const std::string& text) { return parse_port_range(text); },
      [](const PortRange& range) { return json(to_string(range)); });
}

Type<std::vector<Network>> networks() {
  return list_type<Network>(
      "a list of blocks of addresses, like [\"10.0.0.0/8\", \"::1/128\"]",
      [](const std::string& text) { return Network::parse(text); },
      [](const Network& network) { return network.text(); });
}

Type<std::string> words(std::size_t most) {
  return kept_text(
      fmt::format("words of 1 to {} characters", most), [most](const std::string& text) {
        return !trim(text).empty() && has_only_printable(text) && count_code_points(text) <= most;
      });
}

Type<std::string> plain_name() {
  return kept_text(
      "a name of 1 to 40 of the characters a-z, 0-9 and -", [](const std::string& text) {
        return !text.empty() && text.size() <= 40 &&
               text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
      });
}

Type<std::string> file_or_none() {
  return kept_text("the absolute path of a file; empty: none", [](const std::string& text) {
    return text.empty() || (text.starts_with('/') && has_only_printable(text));
  });
}

Type<std::string> host_or_none() {
  return kept_text(
      "an address or a name of this machine; empty: none", [](const std::string& text) {
        return text.size() <= 253 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
                 return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':';
               });
      });
}

Type<std::filesystem::path> folder_or_default() {
  using std::filesystem::path;
  return text_type<path>(
      "the path of a folder; empty: the default",
      [](const std::string& text) -> std::optional<path> {
        if (text.empty()) {
          return path();
        }
        std::error_code error;
        auto absolute = std::filesystem::absolute(text, error).lexically_normal();
        const bool is_usable = has_only_printable(text) && !error;
        return is_usable ? std::optional(std::move(absolute)) : std::nullopt;
      },
      [](const path& folder) { return json(folder.string()); });
}

Type<std::string> web_address_or_none() {
  return text_type<std::string>(
      "an address like https://play.example.org, without ? and #; empty: none",
      [](const std::string& text) -> Result<std::string> {
        return text.empty() ? Result<std::string>(text) : parse_web_address(text);
      },
      print_text);
}

Type<std::string> local_url_or_default(std::string scheme) {
  return kept_text(fmt::format("{}:///absolute/path; empty: the default", scheme),
                   [scheme](const std::string& text) {
                     return text.empty() ||
                            (has_only_printable(text) && parse_local_url(scheme, text).has_value());
                   });
}

Type<std::string> mail_url_or_off() {
  return kept_text("smtp://HOST:PORT or smtps://USER:PASSWORD@HOST:PORT; empty: off",
                   [](const std::string& text) {
                     return text.empty() || (has_only_printable(text) &&
                                             starts_with_any(text, {"smtp://", "smtps://"}));
                   });
}

Type<std::vector<std::string>> ice_servers() {
  return list_type<std::string>(
      "a list of addresses like [\"stun:stun.example.org:3478\"]",
      [](const std::string& text) -> Result<std::string> {
        if (has_only_printable(text) && starts_with_any(text, {"stun:", "turn:", "turns:"})) {
          return text;
        }
        return fail(invalid_input(""));
      },
      print_text);
}

Type<std::string> accent_colour() {
  Type<std::string> type;
  type.allowed = "a colour like #0f5c8c on which white text has a contrast of 4.5:1 (WCAG AA)";
  type.read = [allowed = type.allowed](const json& value) -> Result<std::string> {
    const auto colour = value.is_string() ? parse_colour(value.get_ref<const std::string&>())
                                          : Result<Colour>(fail(invalid_input("")));
    if (!colour) {
      return fail(invalid_input(allowed));
    }
    const auto passing = nearest_passing(*colour, kLightGround);
    if (passing != *colour) {
      return fail(
          invalid_input(fmt::format("{}; its contrast is {:.2f}:1, and the nearest that "
                                    "passes is {}",
                                    allowed, contrast(*colour, kLightGround), to_string(passing))));
    }
    return to_string(*colour);
  };
  type.write = print_text;
  return type;
}

Type<log::Level> log_level() {
  return text_type<log::Level>(
      "debug, info, warning or error",
      [](const std::string& text) { return log::parse_level(text); },
      [](log::Level level) {
        switch (level) {
          case log::Level::kDebug:
            return json("debug");
          case log::Level::kInfo:
            return json("info");
          case log::Level::kWarning:
            return json("warning");
          case log::Level::kError:
            return json("error");
        }
        return json();
      });
}

Type<log::Format> log_format() {
  return text_type<log::Format>(
      "text or json", [](const std::string& text) { return log::parse_format(text); },
      [](log::Format format) { return json(format == log::Format::kJson ? "json" : "text"); });
}

}  // namespace estrad::config
