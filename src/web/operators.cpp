#include <string>

#include "web/desk.h"
#include "web/handlers.h"

namespace estrad::web {
namespace {

std::string own_metrics(const Counters& counters) {
  std::string text =
      "# HELP estrad_http_responses_total Answers of the http front by class of status.\n"
      "# TYPE estrad_http_responses_total counter\n";
  for (std::size_t digit = 1; digit < counters.answers.size(); ++digit) {
    text += "estrad_http_responses_total{code=\"" + std::to_string(digit) + "xx\"} " +
            std::to_string(counters.answers[digit].load()) + "\n";
  }
  text +=
      "# HELP estrad_http_connections Open connections.\n"
      "# TYPE estrad_http_connections gauge\n"
      "estrad_http_connections " +
      std::to_string(counters.connections.load()) +
      "\n"
      "# HELP estrad_http_connections_refused_total Connections over a limit.\n"
      "# TYPE estrad_http_connections_refused_total counter\n"
      "estrad_http_connections_refused_total " +
      std::to_string(counters.refused_connections.load()) +
      "\n"
      "# HELP estrad_http_requests_limited_total Requests over the rate of their address.\n"
      "# TYPE estrad_http_requests_limited_total counter\n"
      "estrad_http_requests_limited_total " +
      std::to_string(counters.limited_requests.load()) + "\n";
  return text;
}

}  // namespace

void show_health(Desk& /*desk*/, const ExchangePtr& exchange) {
  exchange->send(text_response(200, "ok\n"));
}

void show_readiness(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.check_ready(
      answer<void>(desk, exchange, [] { return text_response(200, "ready\n"); }));
}

void show_metrics(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.read_metrics(
      answer<std::string>(desk, exchange, [&counters = desk.counters](const std::string& rest) {
        Response response = text_response(200, own_metrics(counters) + rest);
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return response;
      }));
}

}  // namespace estrad::web
