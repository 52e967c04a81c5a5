// The pipeline worker alone, for tests and benches: `pipeline_worker LADDER [flv|slate] [FROZEN]
// [TITLE]`.
#include <string>

#include "pipeline/worker.h"

int main(int argc, char** argv) {
  estrad::pipeline::WorkerOptions options;
  options.ladder = argc > 1 ? argv[1] : "pipelines/standard.json";
  if (argc > 2 && std::string(argv[2]) == "slate") {
    options.input = estrad::pipeline::WorkerInput::kSlate;
  }
  options.frozen = argc > 3 ? argv[3] : "";
  options.title = argc > 4 ? argv[4] : "";
  return estrad::pipeline::run_worker(options);
}
