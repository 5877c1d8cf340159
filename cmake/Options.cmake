# How the code is compiled: warnings for the project's own alone, sanitizers and
# hardening for everything that is linked in.
option(TMPGUARD_WERROR "Treat warnings as errors (development and CI)" OFF)
set(TMPGUARD_SANITIZE OFF CACHE STRING
  "ON: AddressSanitizer and UndefinedBehaviorSanitizer; thread: ThreadSanitizer")
option(TMPGUARD_ANALYZE "Build with gcc's -fanalyzer" OFF)
option(TMPGUARD_FUZZ "Build the libFuzzer targets (clang only)" OFF)

add_library(tmpguard_options INTERFACE)
target_compile_options(tmpguard_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
  -Wpointer-arith -Wcast-qual -Wcast-align -Wwrite-strings -Wundef -Wvla
  -Wformat=2 -Wswitch-enum -Wnull-dereference -Wdouble-promotion
  -Wimplicit-fallthrough -Walloca)
target_compile_definitions(tmpguard_options INTERFACE _GNU_SOURCE)
# For the program's code, not for tests.
add_library(tmpguard_banned INTERFACE)
target_compile_options(tmpguard_banned INTERFACE "SHELL:-include ${PROJECT_SOURCE_DIR}/core/base/banned.h")

if(TMPGUARD_WERROR)
  target_compile_options(tmpguard_options INTERFACE -Werror)
endif()
if(TMPGUARD_ANALYZE)
  # In a build without optimisation: it then sees what is written, no access is gone and no struct in pieces.
  target_compile_options(tmpguard_options INTERFACE -fanalyzer)
endif()
if(TMPGUARD_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "TMPGUARD_FUZZ needs clang (libFuzzer). Install it (apt-get install clang) and "
      "configure with -DCMAKE_C_COMPILER=clang.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(TMPGUARD_SANITIZE STREQUAL thread)
  set(TMPGUARD_SANITIZERS thread)
elseif(TMPGUARD_SANITIZE)
  set(TMPGUARD_SANITIZERS address,undefined)
endif()
if(TMPGUARD_SANITIZE)
  add_compile_options(-fsanitize=${TMPGUARD_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TMPGUARD_SANITIZERS})
  # Hundreds of test programs, each with the sanitizer in it: LLVM's linker takes half the time.
  if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    include(CheckLinkerFlag)
    check_linker_flag(C -fuse-ld=lld TMPGUARD_HAVE_LLD)
    if(TMPGUARD_HAVE_LLD)
      add_link_options(-fuse-ld=lld)
    endif()
  endif()
endif()

# tests/package/hardening looks at the program for what this promises.
if(CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$")
  include(CheckCCompilerFlag)
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES C)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "TMPGUARD_HAVE${flag}" have)
    check_c_compiler_flag("-Werror ${flag}" ${have})
    if(${have})
      add_compile_options(${flag})
    endif()
  endforeach()
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  # Modules are small and call each other: all of them at once are compiled to something faster.
  include(CheckIPOSupported)
  check_ipo_supported(RESULT TMPGUARD_HAVE_IPO OUTPUT unused LANGUAGES C)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${TMPGUARD_HAVE_IPO})
  if(TMPGUARD_HAVE_IPO AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # Paths that are never taken, inlined, look to gcc like overflows.
    add_link_options(-Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# tmpguard-hook holds the C library where there is one to link in (not with a sanitizer).
include(CheckCSourceCompiles)
if(NOT TMPGUARD_SANITIZE AND NOT TMPGUARD_FUZZ)
  set(CMAKE_REQUIRED_FLAGS -fPIE)
  set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
  check_c_source_compiles("int main(void) { return 0; }" TMPGUARD_STATIC_PIE)
  unset(CMAKE_REQUIRED_FLAGS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
endif()
