#include "pipeline/worker.h"

#include <optional>
#include <utility>

#include <gst/gst.h>
#include <sysexits.h>

#include "pipeline/confinement.h"
#include "pipeline/feed_worker.h"
#include "pipeline/ladder.h"
#include "pipeline/record_output.h"
#include "pipeline/slate.h"

extern "C" {
#include <libavutil/log.h>
}

namespace estrad::pipeline {
namespace {

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
    case ErrorKind::kNotFound:
    case ErrorKind::kConflict:
      return EX_CONFIG;
    case ErrorKind::kUnavailable:
      return EX_UNAVAILABLE;
    case ErrorKind::kMedia:
      return EX_DATAERR;
    case ErrorKind::kInternal:
      return EX_SOFTWARE;
  }
  return EX_SOFTWARE;
}

int give_up(RecordOutput& output, const Error& error, int code) {
  output.log(log::Level::kError, error.message);
  return code;
}

Status check_times(const WorkerOptions& options) {
  if (options.part < milliseconds(100) || options.part > milliseconds(2000) ||
      options.segment < options.part || options.segment > milliseconds(10'000)) {
    return fail(invalid_input(
        "--part-ms takes 100 to 2000, --segment-ms at least as much and at most 10000"));
  }
  return {};
}

}  // namespace

int run_worker(const WorkerOptions& options) {
  RecordOutput output(options.output_fd);
  if (auto checked = check_times(options); !checked) {
    return give_up(output, checked.error(), EX_USAGE);
  }
  std::optional<FrozenTracks> frozen;
  if (!options.frozen.empty()) {
    auto parsed = parse_frozen(options.frozen);
    if (!parsed) {
      return give_up(output, parsed.error(), EX_USAGE);
    }
    frozen = std::move(*parsed);
  }
  if (options.input == WorkerInput::kSlate && !frozen) {
    return give_up(output, invalid_input("a slate needs --frozen"), EX_USAGE);
  }
  auto ladder = load_ladder(options.ladder);
  if (!ladder) {
    return give_up(output, ladder.error(), exit_code(ladder.error().kind));
  }
  gst_init(nullptr, nullptr);
  av_log_set_level(AV_LOG_QUIET);
  confine_process();

  Status done;
  if (options.input == WorkerInput::kSlate) {
    done = write_slate(options, *ladder, *frozen, output);
  } else {
    const SystemClock clock;
    FeedWorker worker(options, std::move(*ladder), std::move(frozen), clock, output);
    done = worker.run();
  }
  return done ? EX_OK : give_up(output, done.error(), exit_code(done.error().kind));
}

}  // namespace estrad::pipeline
