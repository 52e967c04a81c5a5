// `estrad recording …`: looks at the archive on disk, also beside a running server.
#include <fmt/chrono.h>
#include <fmt/core.h>

#include "app/commands.h"
#include "app/exit_code.h"
#include "archive/archive.h"
#include "base/text.h"
#include "store/store.h"

namespace estrad::app {
namespace {

void print_takes(archive::Archive& archive, const webcast::Event& event) {
  auto takes = archive.takes(event.id);
  if (!takes) {
    fmt::print(stderr, "estrad: event \"{}\": {}\n", event.plan.slug, takes.error().message);
    return;
  }
  for (const archive::TakeAddress& take : *takes) {
    auto summary = archive.summary(take);
    if (!summary) {
      fmt::print(stderr, "estrad: event \"{}\": {}\n", event.plan.slug, summary.error().message);
      continue;
    }
    fmt::print("{}\t{}\t{}\t{:%H:%M:%S}\t{:.1f} MB\t{}/{}\n", event.plan.slug,
               webcast::to_string(event.state), format_rfc3339(summary->info.started_at),
               std::chrono::floor<std::chrono::seconds>(summary->duration),
               static_cast<double>(summary->bytes) / 1e6, take.event, take.take);
  }
}

Status list_recordings(const config::Settings& settings) {
  auto store = store::Store::open(settings.database.url);
  if (!store) {
    return fail(std::move(store).error().in("database"));
  }
  auto archive = archive::Archive::open(config::archive_folder(settings));
  if (!archive) {
    return fail(std::move(archive).error().in("archive"));
  }
  auto events = (*store)->events.all();
  if (!events) {
    return fail(std::move(events).error());
  }
  for (const webcast::Event& event : *events) {
    print_takes(**archive, event);
  }
  return {};
}

}  // namespace

int run_recording_list(const CommonOptions& options) {
  auto setup = set_up(options);
  if (!setup) {
    return report_setup(setup.error());
  }
  Status listed = list_recordings(setup->settings);
  return listed ? kExitOk : report(std::move(listed).error());
}

}  // namespace estrad::app
