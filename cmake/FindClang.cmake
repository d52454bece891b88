# Finds the LLVM and Clang packages that this project supports.
#
# Sets UNSINGLETON_LLVM_MAJOR, UNSINGLETON_LLVM_BINDIR and UNSINGLETON_RESOURCE_DIR,
# and defines the interface target unsingleton::clang (headers and language flags only;
# executables add the dylibs themselves, since the clang-tidy plugin must not).
#
# The version is checked here and not by find_package: Clang's package file refuses
# "22" because it calls itself 22.1.

# The versions that the tests run against; checks/facts/Compat.h knows how they
# differ.
set(UNSINGLETON_LLVM_SUPPORTED 19 22)
set(UNSINGLETON_LLVM "22" CACHE STRING "LLVM major version to build against")

find_package(Clang CONFIG REQUIRED
  HINTS "$ENV{LLVM_ROOT}" "/usr/lib/llvm-${UNSINGLETON_LLVM}"
  PATH_SUFFIXES lib/cmake/clang)

set(UNSINGLETON_LLVM_MAJOR "${LLVM_VERSION_MAJOR}")
if(NOT UNSINGLETON_LLVM_MAJOR IN_LIST UNSINGLETON_LLVM_SUPPORTED)
  list(JOIN UNSINGLETON_LLVM_SUPPORTED " and " supported)
  message(FATAL_ERROR "found LLVM ${LLVM_VERSION}, but unsingleton is built and tested with "
    "${supported}: set LLVM_ROOT or UNSINGLETON_LLVM, or see CONTRIBUTING.md on adding a version")
endif()
message(STATUS "Building against LLVM ${LLVM_VERSION}")

set(UNSINGLETON_LLVM_BINDIR "${LLVM_TOOLS_BINARY_DIR}")
execute_process(COMMAND "${UNSINGLETON_LLVM_BINDIR}/clang" -print-resource-dir
  OUTPUT_VARIABLE UNSINGLETON_RESOURCE_DIR OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)

add_library(unsingleton_clang INTERFACE)
add_library(unsingleton::clang ALIAS unsingleton_clang)
# After the standard library's own: where libc++abi's package is installed, LLVM's
# directory has a <cxxabi.h> too, which libstdc++ must not be given.
set(include_dirs ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
list(REMOVE_DUPLICATES include_dirs)
foreach(dir IN LISTS include_dirs)
  target_compile_options(unsingleton_clang INTERFACE "SHELL:-idirafter \"${dir}\"")
endforeach()
separate_arguments(UNSINGLETON_LLVM_DEFINITIONS NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_definitions(unsingleton_clang INTERFACE ${UNSINGLETON_LLVM_DEFINITIONS})
target_compile_features(unsingleton_clang INTERFACE cxx_std_20)
if(NOT LLVM_ENABLE_RTTI)
  target_compile_options(unsingleton_clang INTERFACE -fno-rtti)
endif()
if(NOT LLVM_ENABLE_EH)
  target_compile_options(unsingleton_clang INTERFACE -fno-exceptions)
endif()
