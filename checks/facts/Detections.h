//===- Detections.h - What templates ask of their arguments -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A trait asks whether something compiles. Where it does not, the trait is
// false, and nobody complains:
//
//     template <class T>
//     struct has_flush<T, std::void_t<decltype(std::declval<T &>().flush())>>
//         : std::true_type {};
//     template <class T> concept Counter = requires { T::get(); };
//
// No instantiation resolves such an operand. What it may mean is told by the
// classes that got yes for an answer: of a partial specialisation, those that
// it was chosen for; of a default argument or a constraint, those that its
// template was instantiated with; of a concept or an alias, those of whatever
// mentions it. Each function of the name in question that such a class has is
// a candidate of a dependent call (Calls.h). Traits of system headers are not
// looked at.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_DETECTIONS_H
#define UNSINGLETON_CHECKS_FACTS_DETECTIONS_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitFacts.h"
#include <vector>

namespace unsingleton {

void extractDetections(const std::vector<clang::Decl *> &TopLevel,
                       SourceSpans &Spans, UnitFactsBuilder &Facts);

} // namespace unsingleton

#endif
