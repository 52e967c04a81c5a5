#include "pipeline/slate.h"

namespace estrad::pipeline {
Status write_slate(const WorkerOptions&, const Ladder&, const FrozenTracks&, RecordOutput&) {
  return {};
}
}  // namespace estrad::pipeline
