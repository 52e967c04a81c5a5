#pragma once

namespace estrad::app {

/// The program: reads the command line and runs the command that it names. Returns the exit code.
int run(int argc, char** argv);

}  // namespace estrad::app
