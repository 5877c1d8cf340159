# tmpguard_npm_source(VARIABLE NAME VERSION SHA512 FILE): sets VARIABLE to a folder
# that holds the sources of an npm package. SHA512 is npm's `dist.integrity` in
# hexadecimal; FILE is one that the build needs.
#
# -DVARIABLE=FOLDER uses a folder that is already there and fetches nothing.
# Otherwise npm fetches the archive into TMPGUARD_NPM_DIR, which several builds
# may share: a lock lets one configure at a time in, and a package appears there
# by one rename, after its hash was checked and it was unpacked in full.
set(TMPGUARD_NPM_DIR "${CMAKE_BINARY_DIR}/npm" CACHE PATH
  "Where fetched npm packages are kept; several builds may share it")

# Stops unless `folder` holds package `name` in `version`: results are cached under the version.
function(tmpguard_npm_check variable folder name version file)
  if(NOT EXISTS "${folder}/${file}")
    message(FATAL_ERROR "${variable}=${folder} does not hold ${file} of ${name} ${version}.")
  endif()
  if(NOT EXISTS "${folder}/package.json")
    message(FATAL_ERROR "${variable}=${folder} is not npm's ${name} ${version}: it has no package.json.")
  endif()
  file(READ "${folder}/package.json" json)
  string(JSON found_name ERROR_VARIABLE broken GET "${json}" name)
  string(JSON found_version ERROR_VARIABLE broken GET "${json}" version)
  if(NOT found_name STREQUAL name OR NOT found_version STREQUAL version)
    message(FATAL_ERROR "${variable}=${folder} holds ${found_name} ${found_version}, not ${name} ${version}.")
  endif()
endfunction()

# Fetches the archive into the folder `work` and unpacks it there as `package`.
function(tmpguard_npm_fetch variable work name version sha512)
  unset(NPM CACHE) # a missing npm must not be remembered
  find_program(NPM npm)
  if(NOT NPM)
    message(FATAL_ERROR "npm is missing: it brings the sources of ${name} ${version}. Install it "
      "(apt-get install npm), or pass -D${variable}=FOLDER with the sources.")
  endif()
  message(STATUS "Fetching ${name} ${version} with npm")
  execute_process(
    COMMAND "${NPM}" pack --loglevel=error --ignore-scripts --fetch-retries=2 --fetch-retry-mintimeout=1000
      --fetch-retry-maxtimeout=5000
      "${name}@${version}"
    WORKING_DIRECTORY "${work}" TIMEOUT 300
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(archive "${work}/${name}-${version}.tgz")
  if(NOT status EQUAL 0 OR NOT EXISTS "${archive}")
    message(FATAL_ERROR "npm could not fetch ${name}@${version} (${status}): ${output}\n"
      "Without a network, pass -D${variable}=FOLDER with its sources.")
  endif()
  file(SHA512 "${archive}" found)
  if(NOT found STREQUAL "${sha512}")
    file(REMOVE "${archive}")
    message(FATAL_ERROR "${name}@${version} is not what was pinned: SHA-512 ${found}, expected ${sha512}.")
  endif()
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${work}")
endfunction()

function(tmpguard_npm_source variable name version sha512 file)
  set(${variable} "" CACHE PATH "Sources of ${name} ${version}; empty: fetched by npm")
  set(folder "${${variable}}")
  if(NOT folder)
    set(folder "${TMPGUARD_NPM_DIR}/${name}-${version}")
    file(MAKE_DIRECTORY "${TMPGUARD_NPM_DIR}")
    file(LOCK "${TMPGUARD_NPM_DIR}/lock" GUARD FUNCTION TIMEOUT 600)
    if(NOT EXISTS "${folder}")
      set(work "${TMPGUARD_NPM_DIR}/unfinished-${name}")
      file(REMOVE_RECURSE "${work}")
      file(MAKE_DIRECTORY "${work}")
      tmpguard_npm_fetch(${variable} "${work}" ${name} ${version} ${sha512})
      file(RENAME "${work}/package" "${folder}")
      file(REMOVE_RECURSE "${work}")
    endif()
  endif()
  tmpguard_npm_check(${variable} "${folder}" ${name} ${version} "${file}")
  set(${variable} "${folder}" PARENT_SCOPE)
endfunction()
