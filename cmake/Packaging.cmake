# Debian packages: `cpack --config build/CPackConfig.cmake` writes three of them.
#
#   unsingleton                       the tool, its manual page and completions
#   unsingleton-clang-tidy-<MAJOR>    the plugin for clang-tidy-<MAJOR>
#   libisolation-dev                  the runtime that migrated code calls
set(CPACK_PACKAGE_NAME unsingleton)
set(CPACK_PACKAGE_VENDOR "unsingleton")
set(CPACK_PACKAGE_CONTACT "unsingleton maintainers <maintainers@unsingleton.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "removes mutable singletons from C++ servers")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF)
set(CPACK_COMPONENTS_ALL runtime)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libisolation-dev)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_ARCHITECTURE all)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
  "One instance per request, instead of one per process\n\
 Header-only C++17: a request's context, and slots that hold one instance of a\n\
 type for each request, conversation or user.")

if(UNSINGLETON_BUILD_TOOL)
  list(APPEND CPACK_COMPONENTS_ALL tool plugin)
  set(CPACK_DEBIAN_TOOL_PACKAGE_NAME unsingleton)
  # The libraries it is linked with are found by dpkg-shlibdeps; Clang's own
  # headers, which it parses with, are not.
  set(CPACK_DEBIAN_TOOL_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_TOOL_PACKAGE_DEPENDS "libclang-common-${UNSINGLETON_LLVM_MAJOR}-dev")
  set(CPACK_DEBIAN_TOOL_PACKAGE_RECOMMENDS "libisolation-dev, git")
  set(CPACK_COMPONENT_TOOL_DESCRIPTION
    "Finds mutable singletons in C++ and makes per-request factories of them\n\
 Says which singletons let one user's request see another's data, threads a\n\
 request's context through every caller, and proves that the result compiles.")

  set(CPACK_DEBIAN_PLUGIN_PACKAGE_NAME "unsingleton-clang-tidy-${UNSINGLETON_LLVM_MAJOR}")
  set(CPACK_DEBIAN_PLUGIN_PACKAGE_DEPENDS "clang-tidy-${UNSINGLETON_LLVM_MAJOR}")
  set(CPACK_COMPONENT_PLUGIN_DESCRIPTION
    "Checks of unsingleton for clang-tidy-${UNSINGLETON_LLVM_MAJOR}\n\
 Load it with clang-tidy -load libunsingleton-tidy.so.")
endif()
include(CPack)
