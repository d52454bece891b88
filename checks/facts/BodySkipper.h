//===- BodySkipper.h - A unit's dealings with the body ledger -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides, while a unit is parsed, whether a function body is read, and then
// whether the unit says what a header's declaration declares: that, too, one
// unit does for all. Computes BodyKeys: the digest of a file's macros is kept
// until some macro changes.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_BODYSKIPPER_H
#define UNSINGLETON_CHECKS_FACTS_BODYSKIPPER_H

#include "checks/facts/BodyLedger.h"
#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>

namespace unsingleton {

class BodySkipper {
public:
  /// \p Ledger may be null: then only system bodies are skipped.
  BodySkipper(clang::CompilerInstance &CI, BodyLedger *Ledger, UnitNumber Unit);

  bool shouldSkip(const clang::Decl *D);
  /// To be told of every top-level declaration as it is read: what its file's
  /// macros are is only known then.
  void declared(const clang::Decl *D);
  /// Whether this unit is to say what \p D, whose symbol is \p Symbol,
  /// declares. The symbol holds the types of parameters, which other files'
  /// macros may have decided.
  bool shouldDescribe(const clang::Decl *D, llvm::StringRef Symbol);
  /// After a successful parse: closes the templates whose bodies say nothing
  /// that depends on their arguments.
  void closeTemplates();

private:
  /// The file and offset of \p D, if the file is a header of the project's.
  std::optional<std::pair<clang::FileID, unsigned>>
  inHeader(const clang::Decl *D) const;
  BodyKey key(clang::FileID File, unsigned Offset);
  uint64_t macros(clang::FileID File);

  class MacroCounter;
  struct FileState {
    uint64_t Path = 0;
    uint64_t Digest = 0;
    unsigned Generation = ~0u;
    unsigned Digested = 0; ///< how often
    bool Varies = false;   ///< the digest is not the same all through the file
    std::shared_ptr<const std::vector<std::string>> Words;
  };

  clang::CompilerInstance &CI;
  BodyLedger *Ledger;
  UnitNumber Unit;
  uint64_t Flags = 0;
  std::shared_ptr<unsigned> Generation;
  llvm::DenseMap<clang::FileID, FileState> Files;
  llvm::DenseSet<BodyKey> Mine; ///< claimed by this unit
  std::vector<std::pair<BodyKey, const clang::FunctionDecl *>> Templates;
};

} // namespace unsingleton

#endif
