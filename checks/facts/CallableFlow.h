//===- CallableFlow.h - Where something callable goes -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Given an expression that stands for something callable and the statements
// around it, says what the code does with it:
//
//     handler_(x);                  called
//     return handler_;              called: by whoever asked for it
//     pool.post(handler_);          called: by code that is not ours
//     handler_ = h;                 h is kept in a member
//     table()["a"] = h;             h is kept in what table() returns
//     on(h);                        h is kept in a parameter of on
//     auto it = handlers_.find(k);  handlers_ is kept in a local
//     if (handler_) …               nothing
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CALLABLEFLOW_H
#define UNSINGLETON_CHECKS_FACTS_CALLABLEFLOW_H

#include "checks/facts/CallableType.h"
#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"

namespace unsingleton {

struct CallableUse {
  bool Called = false;
  llvm::SmallVector<const clang::FieldDecl *, 2> Fields;
  llvm::SmallVector<const clang::VarDecl *, 2> Variables; ///< of any storage
  llvm::SmallVector<const clang::FunctionDecl *, 1> Results;
  llvm::SmallVector<std::pair<const clang::FunctionDecl *, unsigned>, 1>
      Parameters;
};

/// What becomes of the expression that \p State.Path ends with.
CallableUse callableUse(const WalkState &State, const SourceSpans &Spans,
                        CallableTypes &Types);

} // namespace unsingleton

#endif
