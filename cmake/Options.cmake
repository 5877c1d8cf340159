# How the project's own code is compiled. Dependencies do not see these flags.
option(TMPGUARD_WERROR "Treat warnings as errors (development and CI)" OFF)
option(TMPGUARD_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(TMPGUARD_ANALYZE "Build with gcc's -fanalyzer" OFF)
option(TMPGUARD_FUZZ "Build the libFuzzer targets (clang only)" OFF)

add_library(tmpguard_options INTERFACE)
target_compile_options(tmpguard_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
  -Wpointer-arith -Wcast-qual -Wcast-align -Wwrite-strings -Wundef -Wvla
  -Wformat=2 -Wswitch-enum -Wnull-dereference -Wdouble-promotion
  -Wimplicit-fallthrough)
target_compile_definitions(tmpguard_options INTERFACE _GNU_SOURCE)
if(TMPGUARD_WERROR)
  target_compile_options(tmpguard_options INTERFACE -Werror)
endif()
if(TMPGUARD_ANALYZE)
  target_compile_options(tmpguard_options INTERFACE -fanalyzer)
endif()
if(TMPGUARD_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(TMPGUARD_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-fstack-protector-strong -fstack-clash-protection -fcf-protection
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
