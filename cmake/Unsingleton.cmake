# unsingleton in a CMake build:
#
#   find_package(unsingleton REQUIRED)   # before the targets are made
#   add_executable(server …)
#   unsingleton_check(server)            # cmake --build build --target unsingleton-server
#   unsingleton_check_all()              # cmake --build build --target unsingleton
#
# unsingleton_check(TARGET [PATHS path…] [BASELINE file] [ARGUMENTS argument…])
#   Adds the target unsingleton-TARGET: findings below TARGET's source folder, or
#   below PATHS. The whole program is analysed for it, since a singleton's users
#   are anywhere; TARGET is built first, so that generated sources are there.
#
# unsingleton_check_all([NAME name] [BASELINE file] [ARGUMENTS argument…])
#   Adds the target NAME (unsingleton): every finding of the build. What is to be
#   built first is its dependency: add_dependencies(unsingleton generated_sources).
#
# Relative paths begin at the folder that calls. Findings fail the target.
include_guard(GLOBAL)

# The compilation database is what unsingleton reads.
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT UNSINGLETON_EXECUTABLE)
  find_program(UNSINGLETON_EXECUTABLE unsingleton
    HINTS "${CMAKE_CURRENT_LIST_DIR}/../../../bin" "${CMAKE_CURRENT_LIST_DIR}/../../../../bin")
endif()

function(_unsingleton_target name)
  cmake_parse_arguments(ARG "" "BASELINE;COMMENT" "PATHS;ARGUMENTS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "unsingleton: unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT UNSINGLETON_EXECUTABLE)
    message(FATAL_ERROR "unsingleton is not installed: set UNSINGLETON_EXECUTABLE to where it is")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "unsingleton reads compile_commands.json, "
      "which '${CMAKE_GENERATOR}' does not write: use Ninja or Makefiles")
  endif()
  set(arguments ${ARG_ARGUMENTS})
  if(ARG_BASELINE)
    get_filename_component(baseline "${ARG_BASELINE}" ABSOLUTE)
    list(APPEND arguments --baseline "${baseline}")
  endif()
  foreach(path IN LISTS ARG_PATHS)
    get_filename_component(path "${path}" ABSOLUTE)
    list(APPEND arguments "${path}")
  endforeach()
  add_custom_target(${name}
    COMMAND "${UNSINGLETON_EXECUTABLE}" check -p "${CMAKE_BINARY_DIR}" ${arguments}
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "${ARG_COMMENT}"
    USES_TERMINAL VERBATIM)
endfunction()

function(unsingleton_check target)
  cmake_parse_arguments(ARG "" "" "PATHS" ${ARGN})
  if(NOT TARGET ${target})
    message(FATAL_ERROR "unsingleton_check: there is no target '${target}'")
  endif()
  get_target_property(exported ${target} EXPORT_COMPILE_COMMANDS)
  if(NOT exported)
    message(FATAL_ERROR "unsingleton_check: '${target}' is not in compile_commands.json: "
      "call find_package(unsingleton) before the target is made")
  endif()
  if(NOT ARG_PATHS)
    get_target_property(ARG_PATHS ${target} SOURCE_DIR)
  endif()
  _unsingleton_target(unsingleton-${target} PATHS ${ARG_PATHS}
    COMMENT "Looking for mutable singletons in ${target}" ${ARG_UNPARSED_ARGUMENTS})
  add_dependencies(unsingleton-${target} ${target})
endfunction()

function(unsingleton_check_all)
  cmake_parse_arguments(ARG "" "NAME" "" ${ARGN})
  if(NOT ARG_NAME)
    set(ARG_NAME unsingleton)
  endif()
  _unsingleton_target(${ARG_NAME}
    COMMENT "Looking for mutable singletons" ${ARG_UNPARSED_ARGUMENTS})
endfunction()
