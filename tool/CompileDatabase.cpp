//===- CompileDatabase.cpp - Which units there are -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/CompileDatabase.h"
#include "checks/facts/CompileArguments.h"
#include "tool/Config.h"
#include "tool/OwnIncludes.h"
#include "tool/Project.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using clang::tooling::CompileCommand;

namespace unsingleton {

static Error failed(const Twine &What, const Twine &Why) {
  return createStringError(inconvertibleErrorCode(),
                           "while reading " + What + ": " + Why);
}

bool isSource(StringRef File) {
  StringRef Extension = sys::path::extension(File);
  return is_contained({".c", ".cc", ".cpp", ".cxx", ".c++", ".C", ".cp", ".CPP",
                       // of module interfaces
                       ".cppm", ".ccm", ".cxxm", ".c++m", ".ixx"},
                      Extension);
}

static UnitCommand unitOf(const CompileCommand &Command) {
  UnitCommand Unit;
  Unit.Arguments =
      listedIncludes(compileArguments(Command.CommandLine,
                                      ParserLocation{UNSINGLETON_RESOURCE_DIR}),
                     Command.Directory);
  Unit.Warnings = warningArguments(Command.CommandLine);
  Unit.Folder = Command.Directory;
  SmallString<256> File(Command.Filename);
  if (!sys::path::is_absolute(File)) {
    File = Command.Directory;
    sys::path::append(File, Command.Filename);
  }
  SmallString<256> Real;
  if (sys::fs::real_path(File, Real)) {
    sys::path::remove_dots(File, true);
    Real = File;
  }
  Unit.File = std::string(Real);
  return Unit;
}

static Error readOne(const std::string &Build,
                     std::vector<UnitCommand> &Units) {
  SmallString<256> File(Build);
  if (!sys::fs::exists(Build))
    return failed("'" + Build + "'", "no such folder");
  if (sys::fs::is_directory(Build))
    sys::path::append(File, "compile_commands.json");
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(File);
  if (!Text && Text.getError() == std::errc::no_such_file_or_directory)
    return failed("'" + Build + "'",
                  "no compile_commands.json there; CMake writes one with "
                  "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, other build systems "
                  "under 'bear'");
  if (!Text)
    return failed("'" + File + "'", inSentence(Text.getError().message()));
  // Clang's loader reads as far as it can and prints what it dislikes.
  if (Expected<json::Value> Json = json::parse((*Text)->getBuffer()); !Json)
    return failed("'" + File + "'",
                  "it is no JSON: " + inSentence(toString(Json.takeError())));
  else if (!Json->getAsArray())
    return failed("'" + File + "'", "it is no list of compile commands");
  else if (Json->getAsArray()->empty())
    return failed("'" + File + "'", "it is empty");
  std::string Problem;
  std::unique_ptr<clang::tooling::CompilationDatabase> Database =
      clang::tooling::JSONCompilationDatabase::loadFromFile(
          File, Problem, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Database) {
    StringRef Line = StringRef(Problem).split('\n').first;
    return failed("'" + File + "'",
                  Line.empty() ? "it is not readable" : inSentence(Line));
  }
  Database = clang::tooling::expandResponseFiles(std::move(Database),
                                                 vfs::getRealFileSystem());
  std::vector<CompileCommand> Commands = Database->getAllCompileCommands();
  size_t Before = Units.size();
  for (const CompileCommand &Command : Commands)
    if (isSource(Command.Filename))
      Units.push_back(unitOf(Command));
  if (Units.size() == Before)
    return failed("'" + File + "'", "it names no C or C++ source file");
  return Error::success();
}

Expected<std::vector<UnitCommand>>
readCompileDatabases(const std::vector<std::string> &Builds) {
  std::vector<UnitCommand> Units;
  for (const std::string &Build : Builds)
    if (Error E = readOne(Build, Units))
      return std::move(E);
  shareOwnIncludes(Units);
  auto Key = [](const UnitCommand &U) {
    return std::tie(U.File, U.Folder, U.Arguments);
  };
  sort(Units, [&](const UnitCommand &A, const UnitCommand &B) {
    return Key(A) < Key(B);
  });
  Units.erase(std::unique(Units.begin(), Units.end(),
                          [&](const UnitCommand &A, const UnitCommand &B) {
                            return Key(A) == Key(B);
                          }),
              Units.end());
  return Units;
}

} // namespace unsingleton
