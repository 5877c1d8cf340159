# SQLite, libdeflate, libgit2 and, for the tests, cmocka come from the distribution; the
# tree-sitter runtime and the Python grammar from npm, pinned and checked.
find_package(PkgConfig)
if(NOT PKG_CONFIG_FOUND)
  message(FATAL_ERROR "pkg-config is missing. Install it, for example with: apt-get install pkg-config")
endif()
find_package(Threads REQUIRED)

function(tmpguard_package prefix module package)
  pkg_check_modules(${prefix} QUIET IMPORTED_TARGET ${module})
  if(NOT ${prefix}_FOUND)
    message(FATAL_ERROR "${module} is missing. Install it, for example with: apt-get install ${package}")
  endif()
endfunction()

tmpguard_package(SQLITE3 sqlite3>=3.38 libsqlite3-dev)
tmpguard_package(LIBDEFLATE libdeflate>=1.14 libdeflate-dev)
# What editors say is JSON. Linked in where its archive is there, so that nothing else pays for loading it.
tmpguard_package(JSON_C json-c>=0.15 libjson-c-dev)
find_library(TMPGUARD_JSON_C NAMES libjson-c.a json-c HINTS ${JSON_C_LIBRARY_DIRS})
tmpguard_package(LIBGIT2 libgit2>=1.5 libgit2-dev)
# It is loaded when it is called (hooks/git/libgit2_calls.h), by the name that a linked program would have.
pkg_get_variable(libgit2_folder libgit2 libdir)
file(READ_SYMLINK "${libgit2_folder}/libgit2.so" LIBGIT2_SONAME)
string(REGEX REPLACE "(\\.so\\.[0-9]+\\.[0-9]+).*" "\\1" LIBGIT2_SONAME "${LIBGIT2_SONAME}")
if(BUILD_TESTING)
  tmpguard_package(CMOCKA cmocka>=1.1.5 libcmocka-dev)
endif()

include(cmake/NpmSource.cmake)
tmpguard_npm_source(TMPGUARD_TREE_SITTER_DIR tree-sitter 0.25.1
  9ab70476462d1dfacad40e9fb373ba171901a344228395d45ea1e1c54390bb46e63e8d34405e17692c7879da5acdd1f0c674828e518a1a022a59d68de1dbd32c
  vendor/tree-sitter/lib/src/lib.c)
tmpguard_npm_source(TMPGUARD_TREE_SITTER_PYTHON_DIR tree-sitter-python 0.25.0
  782989c7acd06b7e46c5a0ad403fb05c73a162a07110bf9ba7bd56fecddf70332ed3a32bb739155d1e37edd46b0ab6eb0dbc8bb940c9a4083272cee772780b5f
  src/parser.c)

# What is not run need not be fast: -fanalyzer looks at the project's own code alone.
set(third_party_level -O2)
if(TMPGUARD_ANALYZE)
  set(third_party_level -O0)
endif()
# The runtime keeps its assertions (no NDEBUG): an abort is safe, corruption is not.
set(tree_sitter_lib "${TMPGUARD_TREE_SITTER_DIR}/vendor/tree-sitter/lib")
add_library(tree_sitter STATIC "${tree_sitter_lib}/src/lib.c")
target_include_directories(tree_sitter PRIVATE "${tree_sitter_lib}/src")
target_include_directories(tree_sitter SYSTEM PUBLIC "${tree_sitter_lib}/include")
target_compile_definitions(tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(tree_sitter PRIVATE -w ${third_party_level} -UNDEBUG)

# The grammar's array.h breaks strict aliasing.
set(grammar "${TMPGUARD_TREE_SITTER_PYTHON_DIR}/src")
add_library(tree_sitter_python STATIC "${grammar}/parser.c" "${grammar}/scanner.c")
target_include_directories(tree_sitter_python PRIVATE "${grammar}")
target_compile_options(tree_sitter_python PRIVATE -w ${third_party_level} -UNDEBUG -fno-strict-aliasing)
# Its own allocations go unchecked; those of the runtime end the program.
target_compile_definitions(tree_sitter_python PRIVATE TREE_SITTER_REUSE_ALLOCATOR)
target_link_libraries(tree_sitter_python PRIVATE tree_sitter)
set_source_files_properties("${grammar}/scanner.c" PROPERTIES
  COMPILE_OPTIONS "-include;${PROJECT_SOURCE_DIR}/cmake/scanner_memory.h"
  OBJECT_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/scanner_memory.h")
