#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace estrad::app {

/// What a check came to. A remark is worth knowing, but Estrad runs; a fault must be mended first.
struct Outcome {
  enum class State { kWell, kRemark, kFault };

  State state = State::kWell;
  std::string finding;
  std::string remedy;  ///< What to do about a remark or a fault.
};

[[nodiscard]] Outcome well(std::string finding);
[[nodiscard]] Outcome remark(std::string finding, std::string remedy);
[[nodiscard]] Outcome fault(std::string finding, std::string remedy);

struct Check {
  std::string subject;
  std::function<Outcome()> run;
};

/// Runs the checks in order and writes a line for each as it is done. Returns the exit code: 0, or
/// 69 (EX_UNAVAILABLE) when there was a fault.
[[nodiscard]] int examine(const std::vector<Check>& checks, std::ostream& out);

}  // namespace estrad::app
