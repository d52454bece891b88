//===- Loader.cpp - Loads the plugin that fits the host's LLVM -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `clang-tidy -load libunsingleton-tidy.so` maps this library, which uses
// nothing of LLVM and so fits any version. It asks the host which LLVM it is
// and loads unsingleton-tidy-<major>.so from its own folder; where there is
// none, it says so in one line instead of crashing in a foreign ABI.
//
//===----------------------------------------------------------------------===//
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <string>

namespace {
/// The major version of the LLVM in this process, or 0. The symbol is
/// clang::getClangFullVersion(), whose type has not changed since LLVM 3.
unsigned hostMajor() {
  using Version = std::string (*)();
  void *Symbol = dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev");
  if (!Symbol)
    return 0;
  std::string Text = reinterpret_cast<Version>(Symbol)();
  size_t At = Text.find("version ");
  return At == std::string::npos
             ? 0
             : static_cast<unsigned>(std::atoi(Text.c_str() + At + 8));
}

std::string ownFolder() {
  Dl_info Info;
  if (!dladdr(reinterpret_cast<void *>(&hostMajor), &Info) || !Info.dli_fname)
    return ".";
  std::string Path = Info.dli_fname;
  size_t Slash = Path.rfind('/');
  return Slash == std::string::npos ? "." : Path.substr(0, Slash);
}

void load() {
  unsigned Major = hostMajor();
  std::string Name = "unsingleton-tidy-" + std::to_string(Major) + ".so";
  std::string Path = ownFolder() + "/" + Name;
  if (Major && dlopen(Path.c_str(), RTLD_LAZY | RTLD_GLOBAL))
    return;
  std::string Host = Major ? "LLVM " + std::to_string(Major)
                           : std::string("a program that is no clang-tidy");
  if (Major == UNSINGLETON_LLVM_MAJOR)
    std::fprintf(stderr, "unsingleton: error: cannot load the plugin: %s\n",
                 dlerror());
  else
    std::fprintf(stderr,
                 "unsingleton: error: this plugin was built for LLVM %d, but "
                 "was loaded into %s; use clang-tidy-%d, or build the plugin "
                 "for that version\n",
                 UNSINGLETON_LLVM_MAJOR, Host.c_str(), UNSINGLETON_LLVM_MAJOR);
}

/// Runs when the library is mapped.
struct AtLoad {
  AtLoad() { load(); }
};
const AtLoad Loaded;
} // namespace
