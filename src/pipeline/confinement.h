#pragma once

namespace estrad::pipeline {

/// Ties this process to its parent and takes from it what decoding hostile media does not need: it
/// gets SIGKILL when its parent dies, can gain no privileges by exec, leaves no core dump (it holds
/// the presenter's picture), has limits on memory and files, and yields the processor to the
/// server.
void confine_process();

}  // namespace estrad::pipeline
