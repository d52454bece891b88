# Installs the runtime, moves the installed tree, and builds a program against
# it: once by find_package, once by pkg-config where there is one.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
set(common -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${CXX})
run(${CMAKE_COMMAND} -S ${RUNTIME_DIR} -B ${WORK_DIR}/runtime ${common}
  -D CMAKE_INSTALL_PREFIX=${WORK_DIR}/installed)
run(${CMAKE_COMMAND} --build ${WORK_DIR}/runtime)
run(${CMAKE_COMMAND} --install ${WORK_DIR}/runtime)
# Whatever still points to the old places fails from here on.
file(RENAME ${WORK_DIR}/installed ${WORK_DIR}/moved)
file(REMOVE_RECURSE ${WORK_DIR}/runtime)

run(${CMAKE_COMMAND} -S ${SOURCE_DIR}/package -B ${WORK_DIR}/consumer ${common}
  -D CMAKE_PREFIX_PATH=${WORK_DIR}/moved)
run(${CMAKE_COMMAND} --build ${WORK_DIR}/consumer)
run(${WORK_DIR}/consumer/consumer)

find_program(pkg_config pkg-config)
if(pkg_config)
  file(GLOB_RECURSE pc ${WORK_DIR}/moved/*/isolation.pc)
  get_filename_component(pc_dir "${pc}" DIRECTORY)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${pc_dir}
      ${pkg_config} --cflags --libs isolation
    RESULT_VARIABLE result OUTPUT_VARIABLE flags ERROR_VARIABLE flags)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "pkg-config: ${flags}")
  endif()
  separate_arguments(flags UNIX_COMMAND "${flags}")
  run(${CXX} -std=c++17 ${SOURCE_DIR}/package/consumer.cpp ${flags}
    -o ${WORK_DIR}/by_pkg_config)
  run(${WORK_DIR}/by_pkg_config)
else()
  message(STATUS "pkg-config is not there: isolation.pc was not tried")
endif()
