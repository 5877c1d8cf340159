# libgit2, SQLite, cmocka and libdeflate come from the distribution; the
# tree-sitter runtime and the Python grammar from npm, pinned and checked.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(tmpguard_package prefix module package)
  pkg_check_modules(${prefix} IMPORTED_TARGET ${module})
  if(NOT ${prefix}_FOUND)
    message(FATAL_ERROR "${module} is missing. Install it, for example with: apt-get install ${package}")
  endif()
endfunction()

tmpguard_package(LIBGIT2 libgit2>=1.5 libgit2-dev)
tmpguard_package(SQLITE3 sqlite3>=3.38 libsqlite3-dev)
if(BUILD_TESTING)
  tmpguard_package(CMOCKA cmocka>=1.1.5 libcmocka-dev)
endif()

# tmpguard_npm_source(VARIABLE NAME VERSION SHA512 FILE): the folder of an npm
# package's sources, in VARIABLE. SHA512 is npm's `dist.integrity` in hexadecimal.
function(tmpguard_npm_source variable name version sha512 file)
  set(${variable} "" CACHE PATH "Sources of ${name} ${version}; empty: fetched by npm")
  if(${variable})
    if(NOT EXISTS "${${variable}}/${file}")
      message(FATAL_ERROR "${variable}=${${variable}} does not hold ${file} of ${name} ${version}.")
    endif()
    return()
  endif()
  set(folder "${CMAKE_BINARY_DIR}/npm/${name}-${version}")
  if(NOT EXISTS "${folder}/${file}")
    find_program(NPM npm)
    if(NOT NPM)
      message(FATAL_ERROR "npm is missing: it brings the sources of ${name} ${version}. Install it "
        "(apt-get install npm), or pass -D${variable}=FOLDER with the sources.")
    endif()
    file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/npm")
    execute_process(
      COMMAND ${NPM} pack --silent --ignore-scripts "${name}@${version}"
      WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/npm"
      RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE errors)
    set(archive "${CMAKE_BINARY_DIR}/npm/${name}-${version}.tgz")
    if(NOT status EQUAL 0 OR NOT EXISTS "${archive}")
      message(FATAL_ERROR "npm could not fetch ${name}@${version}: ${errors}\n"
        "Without a network, pass -D${variable}=FOLDER with its sources.")
    endif()
    file(SHA512 "${archive}" found)
    if(NOT found STREQUAL "${sha512}")
      file(REMOVE "${archive}")
      message(FATAL_ERROR "${name}@${version} is not what was pinned: SHA-512 ${found}, expected ${sha512}.")
    endif()
    file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${folder}.unpacked")
    file(RENAME "${folder}.unpacked/package" "${folder}")
    file(REMOVE_RECURSE "${folder}.unpacked")
  endif()
  set(${variable} "${folder}" PARENT_SCOPE)
endfunction()

tmpguard_npm_source(TMPGUARD_TREE_SITTER_DIR tree-sitter 0.25.1
  9ab70476462d1dfacad40e9fb373ba171901a344228395d45ea1e1c54390bb46e63e8d34405e17692c7879da5acdd1f0c674828e518a1a022a59d68de1dbd32c
  vendor/tree-sitter/lib/src/lib.c)
tmpguard_npm_source(TMPGUARD_TREE_SITTER_PYTHON_DIR tree-sitter-python 0.25.0
  782989c7acd06b7e46c5a0ad403fb05c73a162a07110bf9ba7bd56fecddf70332ed3a32bb739155d1e37edd46b0ab6eb0dbc8bb940c9a4083272cee772780b5f
  src/parser.c)

# The runtime keeps its assertions (no NDEBUG): an abort is safe, corruption is not.
set(tree_sitter_lib "${TMPGUARD_TREE_SITTER_DIR}/vendor/tree-sitter/lib")
add_library(tree_sitter STATIC "${tree_sitter_lib}/src/lib.c")
target_include_directories(tree_sitter PRIVATE "${tree_sitter_lib}/src")
target_include_directories(tree_sitter SYSTEM PUBLIC "${tree_sitter_lib}/include")
target_compile_definitions(tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(tree_sitter PRIVATE -w -O2 -UNDEBUG)

# The grammar's array.h breaks strict aliasing.
set(grammar "${TMPGUARD_TREE_SITTER_PYTHON_DIR}/src")
add_library(tree_sitter_python STATIC "${grammar}/parser.c" "${grammar}/scanner.c")
target_include_directories(tree_sitter_python PRIVATE "${grammar}")
target_compile_options(tree_sitter_python PRIVATE -w -O2 -fno-strict-aliasing)
