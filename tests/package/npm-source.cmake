# For npm-source: one call of tmpguard_npm_source. -DSOURCE, -DSHA512, -DTMPGUARD_NPM_DIR.
cmake_minimum_required(VERSION 3.25)
include("${SOURCE}/cmake/NpmSource.cmake")
tmpguard_npm_source(THING_DIR thing 1.0.0 "${SHA512}" src/thing.c)
message(STATUS "folder=${THING_DIR}")
