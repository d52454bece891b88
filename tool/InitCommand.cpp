//===- InitCommand.cpp - unsingleton init -----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes what a repository needs to run unsingleton in CI, before commits and
// in editors. A file that is there is somebody's: it is kept as it is, and what
// would have gone into it is said instead.
//
//===----------------------------------------------------------------------===//
#include "tool/Commands.h"
#include "tool/Templates.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

namespace {
struct InitFile {
  StringLiteral Name; ///< on the command line
  StringLiteral Path; ///< below the root
  StringLiteral Template;
  StringLiteral Then; ///< what is left to do
};
constexpr InitFile Files[] = {
    {"github", ".github/workflows/unsingleton.yml", "github-workflow.yml",
     "choose the job's container"},
    {"gitlab", ".gitlab/unsingleton.yml", "gitlab-ci.yml",
     "include it in .gitlab-ci.yml, and choose its image"},
    {"pre-commit", ".pre-commit-config.yaml", "pre-commit-config.yaml",
     "run 'pre-commit install'"},
    {"clang-tidy", ".clang-tidy", "", "take away the '#' of what you need"},
};

Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

Error ioFailure(StringRef Path, std::error_code EC) {
  return createStringError(EC, "while writing '" + Path +
                                   "': " + inSentence(EC.message()));
}

/// Whether it was written; false: a file, or a link to none, is there.
Expected<bool> writeNew(StringRef Path, StringRef Text) {
  if (std::error_code EC =
          sys::fs::create_directories(sys::path::parent_path(Path)))
    return ioFailure(Path, EC);
  int Descriptor = -1;
  std::error_code EC =
      sys::fs::openFileForWrite(Path, Descriptor, sys::fs::CD_CreateNew);
  if (EC == std::errc::file_exists)
    return false;
  if (EC)
    return ioFailure(Path, EC);
  raw_fd_ostream Out(Descriptor, /*shouldClose=*/true);
  Out << Text;
  Out.close();
  EC = Out.error();
  Out.clear_error();
  if (EC)
    return ioFailure(Path, EC);
  return true;
}

/// --root, or the repository around the working directory, or that directory.
Expected<std::string> rootOf(const CommandLine &Line) {
  SmallString<256> Here(Line.Root.empty() ? "." : Line.Root);
  if (!sys::fs::is_directory(Here))
    return wrong("'--root': no such folder: '" + Line.Root + "'");
  if (std::error_code EC = sys::fs::make_absolute(Here))
    return ioFailure(Here, EC);
  sys::path::remove_dots(Here, /*remove_dot_dot=*/true);
  std::string Result(Here);
  if (Line.Root.empty())
    for (StringRef At = Here; !At.empty(); At = sys::path::parent_path(At))
      if (sys::fs::exists(At + "/.git"))
        return At.str();
  return Result;
}

/// The folder of -p as CI files name it.
Expected<std::string> buildFolder(const CommandLine &Line) {
  if (Line.Builds.size() > 1)
    return wrong("'init' takes one '-p'; add others to the files it writes");
  std::string Build = Line.Builds.empty() ? "build" : Line.Builds.front();
  bool Plain = !Build.empty() && all_of(Build, [](char C) {
    return isAlnum(C) || StringRef("-_./ ").contains(C);
  });
  // It is written into shell commands and YAML.
  if (!Plain || Build.front() == '-')
    return wrong("'init' writes '" + Build +
                 "' into CI files: choose a folder of plain characters");
  return Build;
}

Error checkNames(const CommandLine &Line) {
  for (const std::string &Name : Line.Paths)
    if (none_of(Files, [&](const InitFile &F) { return F.Name == Name; }))
      return wrong("'init' knows no '" + Name +
                   "': 'github', 'gitlab', 'pre-commit' or 'clang-tidy'");
  return Error::success();
}

std::string textOf(const InitFile &File, StringRef Build) {
  return File.Template.empty() ? commentedOptions()
                               : fromTemplate(File.Template, Build);
}
} // namespace

Expected<int> runInit(const CommandLine &Line) {
  if (Error E = checkNames(Line))
    return std::move(E);
  Expected<std::string> Build = buildFolder(Line);
  if (!Build)
    return Build.takeError();
  Expected<std::string> Root = rootOf(Line);
  if (!Root)
    return Root.takeError();
  for (const InitFile &File : Files) {
    if (!Line.Paths.empty() && !is_contained(Line.Paths, File.Name))
      continue;
    std::string Text = textOf(File, *Build);
    Expected<bool> Written = writeNew((*Root + "/" + File.Path).str(), Text);
    if (!Written)
      return Written.takeError();
    if (*Written) {
      outs() << "wrote '" << File.Path << "': " << File.Then << "\n";
      continue;
    }
    outs() << "kept '" << File.Path
           << "', which was there; what would have been in it:\n";
    SmallVector<StringRef, 64> Lines;
    StringRef(Text).rtrim().split(Lines, '\n');
    for (StringRef Part : Lines)
      outs() << (Part.empty() ? "" : "    ") << Part << "\n";
  }
  return NothingToReport;
}

} // namespace unsingleton
