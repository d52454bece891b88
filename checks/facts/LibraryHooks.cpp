//===- LibraryHooks.cpp - What libraries call by its name -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/LibraryHooks.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace unsingleton {

/// Whether a base of \p M's class that a system header declares has a function
/// of that name and those parameters. Where a template of the library names it
/// through the class, as GoogleTest's do SetUpTestSuite, \p M is what is meant,
/// virtual or not.
static bool hidesForeign(const CXXMethodDecl *M, const SourceSpans &Spans) {
  const CXXRecordDecl *R = M->getParent()->getDefinition();
  if (!R || isa<CXXConstructorDecl, CXXDestructorDecl>(M))
    return false;
  auto Fits = [&](const NamedDecl *D) {
    const auto *Other = dyn_cast<CXXMethodDecl>(D);
    return Other && Other->isStatic() == M->isStatic() &&
           llvm::equal(Other->parameters(), M->parameters(),
                       [&](const ParmVarDecl *A, const ParmVarDecl *B) {
                         return M->getASTContext().hasSameType(A->getType(),
                                                               B->getType());
                       });
  };
  bool Hides = false; // a base that is not known yet hides nothing
  R->forallBases([&](const CXXRecordDecl *Base) {
    Hides = !Spans.user(Base->getLocation()) &&
            llvm::any_of(Base->lookup(M->getDeclName()), Fits);
    return !Hides;
  });
  return Hides;
}

/// Names by which templates of libraries look for a function beside a class.
/// Most of them go on without one, with a function of their own.
static bool isFoundBeside(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"swap", "iter_swap", "iter_move", "tag_invoke"}, true)
      .Cases({"begin", "end", "cbegin", "cend", "rbegin", "rend"}, true)
      .Cases({"size", "ssize", "empty", "data", "hash_value"}, true)
      .Cases({"to_json", "from_json", "PrintTo", "AbslHashValue"}, true)
      .Cases({"intrusive_ptr_add_ref", "intrusive_ptr_release"}, true)
      .Cases({"make_error_code", "make_error_condition"}, true)
      .Default(false);
}

/// Names by which the language itself calls a method: a range-for, a coroutine.
static bool isCalledByLanguage(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"begin", "end"}, true)
      .Cases({"await_ready", "await_suspend", "await_resume"}, true)
      .Cases({"get_return_object", "initial_suspend", "final_suspend"}, true)
      .Cases({"return_void", "return_value", "yield_value"}, true)
      .Cases({"await_transform", "unhandled_exception"}, true)
      .Default(false);
}

static bool takesOwnClass(const FunctionDecl *F, const SourceSpans &Spans) {
  return llvm::any_of(F->parameters(), [&](const ParmVarDecl *P) {
    const CXXRecordDecl *R = recordOf(P->getType());
    return R && Spans.user(R->getLocation());
  });
}

bool isHook(const FunctionDecl *F, const SourceSpans &Spans) {
  llvm::StringRef Name = F->getIdentifier() ? F->getName() : llvm::StringRef();
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  if (!M)
    return isFoundBeside(Name) && takesOwnClass(F, Spans);
  return (M->isInstance() && isCalledByLanguage(Name)) ||
         hidesForeign(M, Spans);
}

} // namespace unsingleton
