//===- WaysOut.cpp - A fix as something else than changed files -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/WaysOut.h"
#include "tool/DurableFile.h"
#include "tool/Series.h"
#include "tool/UnifiedDiff.h"
#include "clang/Tooling/ReplacementsYaml.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

/// Makes \p Folder. What an earlier run has left there would be applied too.
static Error makeEmpty(const std::string &Folder, StringRef Extension) {
  if (Folder.empty())
    return Error::success();
  if (std::error_code EC = sys::fs::create_directories(Folder))
    return ioError("making", Folder, EC);
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End;
       I.increment(EC))
    if (sys::path::extension(I->path()) == Extension)
      return createStringError(inconvertibleErrorCode(),
                               "'" + Folder + "' holds '" +
                                   sys::path::filename(I->path()) +
                                   "' already; give an empty folder");
  return EC ? ioError("reading", Folder, EC) : Error::success();
}

Error checkWaysOut(const CommandLine &Line) {
  if (Error E = makeEmpty(Line.ExportFixes, ".yaml"))
    return E;
  if (Error E = makeEmpty(Line.Series, ".patch"))
    return E;
  return Line.Patch.empty() ? Error::success() : writeBytes(Line.Patch, "");
}

static Error writePatch(const Session &S, const std::string &Path,
                        const FixResult &Result) {
  std::string Text;
  for (const ChangedFile &File : Result.Files)
    Text += unifiedDiff(S.Of.shown(File.Path), File.Before, File.After);
  return writeBytes(Path, Text);
}

static Error exportFixes(const std::string &Folder, const FixResult &Result) {
  for (size_t I = 0; I < Result.Files.size(); ++I) {
    const ChangedFile &File = Result.Files[I];
    clang::tooling::TranslationUnitReplacements Unit;
    Unit.MainSourceFile = File.Path;
    for (const TextChange &Change : changedLines(File.Before, File.After)) {
      if (!json::isUTF8(Change.Text))
        return createStringError(inconvertibleErrorCode(),
                                 "'" + File.Path +
                                     "' is not UTF-8 where it changes, which "
                                     "YAML cannot say; use --patch");
      Unit.Replacements.emplace_back(File.Path, Change.Offset, Change.Length,
                                     Change.Text);
    }
    std::string Text;
    raw_string_ostream OS(Text);
    yaml::Output Out(OS);
    Out << Unit;
    std::string Name =
        numbered(I + 1, sys::path::filename(File.Path).str() + ".yaml");
    if (Error E = writeBytes(Folder + "/" + Name, Text))
      return E;
  }
  return Error::success();
}

Error takeWayOut(const Session &S, const CommandLine &Line, Verifier &Checks,
                 const FixResult &Result) {
  if (!Line.Patch.empty())
    return writePatch(S, Line.Patch, Result);
  if (!Line.ExportFixes.empty())
    return exportFixes(Line.ExportFixes, Result);
  if (!Line.Series.empty())
    return writeSeries(S, Line, Checks, Result);
  return Error::success();
}

} // namespace unsingleton
