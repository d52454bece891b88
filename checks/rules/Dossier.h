//===- Dossier.h - All that is known of one finding -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `explain` shows: a finding names the few places that convince, a dossier
// names all of them, and also says why a finding is no worse than it is. A pure
// function of the Program; every line says a place where there is one.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_DOSSIER_H
#define UNSINGLETON_CHECKS_RULES_DOSSIER_H

#include "checks/rules/RequestPath.h"

namespace unsingleton {

struct Dossier {
  /// A place where the program takes hold of the object.
  struct Use {
    Span Where;
    SymbolIndex Function = NoSymbol; ///< NoSymbol: an initialiser
    SymbolIndex Accessor = NoSymbol; ///< NoSymbol: it names the storage itself
    bool Test = false;
    auto operator<=>(const Use &) const = default;
  };
  struct Write {
    const StateWrite *What = nullptr; ///< of the finding
    std::string Entry; ///< where a request enters that gets to it, or ""
  };

  const Finding *Of = nullptr;     ///< outlives this
  std::vector<Evidence> Storage;   ///< declarations, and where it is made
  std::vector<Evidence> Accessors; ///< what each hands out
  std::vector<Evidence> Verdict;   ///< why it is that
  std::vector<Evidence> Severity;  ///< why it is that, where no path says it
  std::vector<Evidence> Settings;  ///< options, annotations and NOLINT
  std::vector<PathStep> Path;      ///< as far as a request gets
  std::vector<Write> Writes;
  std::vector<Use> Uses; ///< in source order

  /// Functions that take hold of it, tests among them or not.
  size_t users(bool Tests) const;
};

Dossier collect(const Program &P, const RequestPaths &Paths,
                const RuleOptions &Options, const Finding &F);

} // namespace unsingleton

#endif
