#pragma once

namespace estrad::pipeline {

/// Ties this process to its parent and takes from it what decoding hostile media does not need: it
/// gets SIGKILL when its parent dies, can gain no privileges by exec, leaves no core dump (it holds
/// the presenter's picture), and has limits on memory and files. Its priority stays that of the
/// server: a picture that comes late stalls every viewer, an answer that comes 10 ms late nobody.
void confine_process();

}  // namespace estrad::pipeline
