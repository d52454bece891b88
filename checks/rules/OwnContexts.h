//===- OwnContexts.h - The contexts that a place can use --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Those that stand in scope, and whether one could be brought there: a frontier
// is a function whose signature is not the project's to change.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_OWNCONTEXTS_H
#define UNSINGLETON_CHECKS_RULES_OWNCONTEXTS_H

#include "checks/program/Program.h"
#include <optional>

namespace unsingleton {

struct OwnContext {
  enum From : uint8_t { Parameter, Local, Member } Where = Parameter;
  std::string Expression; ///< `user_context`, `request.user_context()`
  bool Direct = false;    ///< itself a context
  bool Given = true;      ///< not one that the function made or fetched itself
};

/// What code at \p Place in \p Function can use: parameters first, then locals,
/// then members of its object.
std::vector<OwnContext> contextsAt(const Program &P, SymbolIndex Function,
                                   const Span &Place);

/// Whether \p Constructor copies or moves: with a parameter more it would be an
/// ordinary one, and the compiler would make up another that does so.
bool copiesObject(const Program &P, SymbolIndex Constructor);

/// Why \p Function can be given no parameter, and where that shows.
struct Frontier {
  std::string Why; ///< "it is 'main'", "it is named as a callback"
  Span Where;
};
std::optional<Frontier> frontierAt(const Program &P, SymbolIndex Function);

} // namespace unsingleton

#endif
