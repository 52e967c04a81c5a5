#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "site_fixture.h"
#include "support/places.h"
#include "web/openapi.h"

namespace estrad::test {
namespace {

using web::Audience;
using web::Route;

/// The pattern with something in every place.
std::string path_of(const Route& route) {
  std::string path;
  for (const std::string_view step : split(route.pattern.substr(1), '/')) {
    path += "/";
    path += !step.empty() && step.front() == '{' ? "x" : step;
  }
  return path;
}

std::string body_of(const Route& route) {
  return route.body_limit > 0 ? "{}" : "";
}

class Roles : public SiteTest {
 protected:
  void SetUp() override { start(); }

  int status_for(const Route& route, const std::string& headers) const {
    HttpClient client = connect();
    client.request(std::string(route.method), path_of(route), headers, body_of(route));
    return client.receive().status;
  }
};

bool is_for_staff(const Route& route) {
  return route.audience == Audience::kStaff || route.audience == Audience::kPermitted;
}

TEST_F(Roles, EveryCellOfTheTableHolds) {
  for (const Route& route : web::all_routes()) {
    if (!is_for_staff(route)) {
      continue;
    }
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    EXPECT_EQ(status_for(route, ""), 401) << name;
    for (const webcast::Role role : webcast::kRoles) {
      const std::string token(to_string(role));
      const int status = status_for(route, "Authorization: Bearer " + token + "\r\n");
      if (web::may_call(role, route)) {
        EXPECT_NE(status, 401) << name << " as " << token;
        EXPECT_NE(status, 403) << name << " as " << token;
      } else {
        EXPECT_EQ(status, 403) << name << " as " << token;
      }
    }
  }
}

TEST_F(Roles, ARefusedCallReachesNothing) {
  for (const Route& route : web::all_routes()) {
    if (!is_for_staff(route) || web::may_call(webcast::Role::kCaptioner, route)) {
      continue;
    }
    backend_.clear();
    status_for(route, "Authorization: Bearer captioner\r\n");
    for (const std::string& call : backend_.calls()) {
      EXPECT_EQ(call, "authenticate") << route.pattern;
    }
  }
}

TEST_F(Roles, ASessionNeedsItsTokenForEveryChange) {
  for (const Route& route : web::all_routes()) {
    if (!is_for_staff(route) || route.method == "GET") {
      continue;
    }
    const std::string cookie = "Cookie: estrad_session=admin\r\n";
    EXPECT_EQ(status_for(route, cookie), 403) << route.pattern;
    EXPECT_EQ(status_for(route, cookie + "CSRF-Token: csrf-producer\r\n"), 403) << route.pattern;
    EXPECT_NE(status_for(route, cookie + "CSRF-Token: csrf-admin\r\n"), 403) << route.pattern;
  }
}

TEST_F(Roles, NothingUnderTheApiIsOpenButSigningInAndItsDescription) {
  for (const Route& route : web::all_routes()) {
    if (route.pattern.substr(0, 8) != "/api/v1/" || is_for_staff(route)) {
      continue;
    }
    const bool is_open = route.pattern == "/api/v1/openapi.json" ||
                         (route.pattern == "/api/v1/session" && route.method == "POST");
    EXPECT_TRUE(is_open) << route.method << " " << route.pattern;
  }
}

TEST_F(Roles, TheDescriptionHoldsEveryRouteOfTheApi) {
  const auto description = nlohmann::json::parse(get("/api/v1/openapi.json").body);
  for (const Route& route : web::all_routes()) {
    if (route.pattern.substr(0, 8) == "/api/v1/") {
      EXPECT_TRUE(
          description["paths"][std::string(route.pattern)].contains(to_lower_ascii(route.method)))
          << route.pattern;
    }
  }
}

TEST_F(Roles, TheDocumentedTableIsTheRealOne) {
  std::ifstream file(test::source_folder() / "docs/ROLES.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_THAT(text.str(), testing::HasSubstr(web::role_table()))
      << "docs/ROLES.md has to hold this table:\n"
      << web::role_table();
}

}  // namespace
}  // namespace estrad::test
