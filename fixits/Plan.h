//===- Plan.h - What a fix would do -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// plan: a pure function (Program, Findings, Policy) -> Plan. It reads no file:
// where the new text repeats old text, edits copy spans.
//
// Every singleton is one group: all its edits or none. Edits that several
// groups want are shared and stay as long as one of them does.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_PLAN_H
#define UNSINGLETON_FIXITS_PLAN_H

#include "checks/rules/Finding.h"
#include "fixits/ContextScope.h"
#include "fixits/Edit.h"
#include "fixits/Policy.h"
#include "fixits/Refusal.h"
#include <map>

namespace unsingleton {

/// A function that is given no parameter and asks the thread instead.
struct Bridge {
  SymbolIndex Function = NoSymbol;
  std::vector<Refusal> Why; ///< not empty: what keeps the parameter away
};

/// Where a function that the migration touches has its context from.
struct ContextChoice {
  SymbolIndex Function = NoSymbol; ///< NoSymbol: an initialiser
  ContextAnswer::Source From = ContextAnswer::Source::None;
  std::string Expression; ///< what it passes on
  Span Place;             ///< of its first use of the context
  unsigned Uses = 0;
};

/// The migration of one singleton.
struct Migration {
  const Finding *Of = nullptr; ///< not owned
  llvm::StringRef Scope;       ///< "request", "conversation", "user"
  std::string NewName;         ///< of the accessor that stands for the family
  bool Asks =
      false; ///< its accessors keep their parameters, and ask the thread
  std::vector<Refusal> Refusals; ///< sorted; empty: it is migrated
  /// Functions that get a new parameter for it.
  std::vector<SymbolIndex> Threaded;
  std::vector<Bridge> Bridged;
  std::vector<ContextChoice> Choices; ///< sorted by name of the function
  std::set<FileIndex> Files;          ///< that it edits
  unsigned Calls = 0;                 ///< that pass the context on

  bool refused() const { return !Refusals.empty(); }
  /// "safe"; "unsafe": it is, or would be, migrated by --unsafe-fixes although
  /// the program's behaviour may change; or "manual".
  llvm::StringRef applicability() const;
};

struct Plan {
  std::vector<Migration> Migrations; ///< one a finding, in its order
  std::vector<Edit> Edits;           ///< sorted by target, of accepted ones
  /// Headers to include, by file.
  std::map<FileIndex, std::set<std::string>> Includes;

  /// The migration of the finding with \p Fingerprint, or null.
  const Migration *of(llvm::StringRef Fingerprint) const {
    for (const Migration &M : Migrations)
      if (M.Of->Fingerprint == Fingerprint)
        return &M;
    return nullptr;
  }
};

/// What verification taught.
struct Lessons {
  /// Findings (by index) that must not be migrated, and why.
  std::map<unsigned, Refusal> TakenBack;
  /// Functions that can be given no parameter, and why.
  std::map<SymbolIndex, Refusal> NoParameter;
};

Plan plan(const Program &P, const std::vector<Finding> &Findings,
          const Policy &How, const Lessons &Learnt = {});

/// Whether \p Pattern (a qualified name, `*` for any text, or a fingerprint)
/// means \p F.
bool selects(const Program &P, llvm::StringRef Pattern, const Finding &F);

} // namespace unsingleton

#endif
