# Warnings are errors in our own code; sanitizers by ESTRAD_SANITIZE.
find_program(ESTRAD_CCACHE ccache)
if(ESTRAD_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${ESTRAD_CCACHE}")
endif()

add_library(estrad_options INTERFACE)
target_compile_options(estrad_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  -Werror=return-type -Werror=switch -Werror=uninitialized)
if(DEFINED ENV{CI} OR ESTRAD_WERROR)
  target_compile_options(estrad_options INTERFACE -Werror)
endif()
# Only the lines are kept in debug information: builds stay small, stack traces stay readable.
target_compile_options(estrad_options INTERFACE $<$<CONFIG:RelWithDebInfo>:-g1>)
target_include_directories(estrad_options INTERFACE "${PROJECT_SOURCE_DIR}/src")
find_package(Threads REQUIRED)
target_link_libraries(estrad_options INTERFACE Threads::Threads)

if(ESTRAD_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(ESTRAD_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(NOT ESTRAD_SANITIZE STREQUAL "")
  message(FATAL_ERROR "ESTRAD_SANITIZE is '${ESTRAD_SANITIZE}'; it takes address or thread")
endif()
if(ESTRAD_FUZZ)
  # Every library counts its branches for the fuzzer.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
