# unsingleton_library(NAME SOURCES… LINKS…): one stage of the tool.
#
# Each stage is an object-code static library built position independent, so that the
# executable and the clang-tidy plugin are made of the same objects.
function(unsingleton_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PCH" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name} PUBLIC unsingleton::clang ${ARG_LINKS})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  unsingleton_own_code(${name})
  if(ARG_PCH)
    target_precompile_headers(${name} PRIVATE ${ARG_PCH})
  endif()
endfunction()

# Warnings and sanitizers for code that is ours.
function(unsingleton_own_code name)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wno-unused-parameter)
  if(UNSINGLETON_WERROR)
    target_compile_options(${name} PRIVATE -Werror)
  endif()
  if(UNSINGLETON_SANITIZE)
    target_compile_options(${name} PUBLIC -fsanitize=${UNSINGLETON_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=${UNSINGLETON_SANITIZE})
  endif()
endfunction()
