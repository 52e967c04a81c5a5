#include "app/command_line.h"

int main(int argc, char** argv) {
  return estrad::app::run(argc, argv);
}
