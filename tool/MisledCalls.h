//===- MisledCalls.h - Calls that would mean another function ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An argument more can select another overload, or a template that takes
// anything, and no compiler complains:
//
//     void emit(const std::string &);                    // gets a parameter
//     template <class A, class B> void emit(const A &, const B &);
//     emit("text");  ->  emit(user_context, "text");     // the template
//
// A trait that has become false can also leave a call out altogether. So each
// call of a function that got a parameter is looked for in the facts of the
// changed program. Where it stands in the new text is known by the characters
// before it that are no white space; a file in which the formatting has changed
// other characters is passed over.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_MISLEDCALLS_H
#define UNSINGLETON_TOOL_MISLEDCALLS_H

#include "fixits/Plan.h"
#include "fixits/Render.h"

namespace unsingleton {

struct MisledCall {
  SymbolIndex Function = NoSymbol; ///< which it would call no more
  Span Place;   ///< of Before, as all here: the callee's name
  Span Instead; ///< what is called instead; not valid: nothing is
};

/// \p After: the units that see one of \p Files. One a function at most.
std::vector<MisledCall> misledCalls(const Program &Before, const Plan &Planned,
                                    const std::vector<ChangedFile> &Files,
                                    const Program &After);

} // namespace unsingleton

#endif
