//===- Extract.h - From a translation unit to its facts -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only stage that sees a Clang AST:
//
//     std::vector<std::string> Arguments = compileArguments(Command, …);
//     UnitFacts Facts = extractUnit({Arguments, Folder, File}, Options, FS);
//
// Pure but for the ledger. Several extractions may run at once in one process
// if each has a file system of its own.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_EXTRACT_H
#define UNSINGLETON_CHECKS_FACTS_EXTRACT_H

#include "checks/facts/BodyLedger.h"
#include "checks/facts/ExtractOptions.h"
#include "checks/facts/UnitFacts.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace unsingleton {

/// One translation unit and how to parse it.
struct UnitCommand {
  std::vector<std::string> Arguments; ///< a clang command line, see
                                      ///< CompileArguments.h
  std::string Folder;                 ///< where it is run
  std::string File;                   ///< real path of the main file
  std::vector<std::string> Warnings;  ///< flags that Arguments leaves out
};

/// A warning of the compiler's.
struct UnitWarning {
  UnitError What;
  std::string Flag; ///< "unused-parameter"
};

/// How much of a unit is parsed.
struct ParseDepth {
  BodyLedger *Ledger = nullptr; ///< not owned; null: every user body is read
  UnitNumber Unit = 0;          ///< this unit in the ledger
  /// Read all user bodies and those of system templates, as a compiler does:
  /// what verification needs, for an argument list forwarded by `make_unique`
  /// is only checked there.
  bool SystemBodies = false;
  /// Where warnings go, for the unit's own flags; null: there are none.
  std::vector<UnitWarning> *Warnings = nullptr;
  /// Where the notes of the first error go: who instantiates the template that
  /// it is in, and what does not fit. Null: nowhere.
  std::vector<UnitError> *Notes = nullptr;
};

/// Never throws away an error silently: a unit that does not parse comes back
/// with Errors.
UnitFacts
extractUnit(const UnitCommand &Command, const ExtractOptions &Options,
            llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FileSystem,
            const ParseDepth &Depth);

/// The facts of a unit that somebody else has parsed (clang-tidy).
UnitFacts extractParsed(clang::ASTContext &Context,
                        const ExtractOptions &Options);

} // namespace unsingleton

#endif
