#include "app/doctor.h"

#include <utility>

#include <spdlog/fmt/fmt.h>

#include "app/exit_code.h"

namespace estrad::app {
namespace {

const char* word_for(Outcome::State state) {
  switch (state) {
    case Outcome::State::kWell:
      return "ok";
    case Outcome::State::kRemark:
      return "note";
    case Outcome::State::kFault:
      return "FAULT";
  }
  return "";
}

}  // namespace

Outcome well(std::string finding) {
  return {Outcome::State::kWell, std::move(finding), {}};
}

Outcome remark(std::string finding, std::string remedy) {
  return {Outcome::State::kRemark, std::move(finding), std::move(remedy)};
}

Outcome fault(std::string finding, std::string remedy) {
  return {Outcome::State::kFault, std::move(finding), std::move(remedy)};
}

int examine(const std::vector<Check>& checks, std::ostream& out) {
  int faults = 0;
  for (const auto& check : checks) {
    const auto outcome = check.run();
    out << fmt::format("{:<6}{:<16}{}\n", word_for(outcome.state), check.subject, outcome.finding);
    if (!outcome.remedy.empty()) {
      out << fmt::format("{:<22}→ {}\n", "", outcome.remedy);
    }
    out.flush();
    faults += outcome.state == Outcome::State::kFault ? 1 : 0;
  }
  out << (faults == 0 ? std::string("all is well\n")
                      : fmt::format("{} of {} checks found a fault\n", faults, checks.size()));
  return faults == 0 ? kExitOk : kExitUnavailable;
}

}  // namespace estrad::app
