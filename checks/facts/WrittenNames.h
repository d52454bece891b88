//===- WrittenNames.h - What the values that are written are called -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For a write, the names that stand in what is stored, from which a rule may
// tell that it is a user's data:
//
//     names_[id] = request.user_name();   id, request, user_name
//     open_.push_back(Session{token});    Session, token
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_WRITTENNAMES_H
#define UNSINGLETON_CHECKS_FACTS_WRITTENNAMES_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"

namespace unsingleton {

/// \p State.Path ends with an expression through which code writes; \p Write is
/// the place of the WriteFact.
void writtenNames(const WalkState &State, SourceSpans &Spans,
                  UnitFactsBuilder &Facts, Span Write);

} // namespace unsingleton

#endif
