//===- Compat.h - What differs between LLVM 19 and 22 -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that the supported versions of LLVM spell differently, and the
// only place that asks which one this is. The code is written for the newest;
// here the older ones are given what they lack:
//
//   StringSwitch   .Cases({"a", "b"}, Value) with a list of any length
//   scope_exit     the class whose constructor takes the function
//   tagType        ASTContext::getCanonicalTagType
//   trailingConstraint
//   makeDiagnosticOptions
//   formatted      formatv, which need not use all that it is given
//   ...            and headers and namespaces that have moved
//
// When the oldest version is dropped, its branch goes, and nothing else does.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_COMPAT_H
#define UNSINGLETON_CHECKS_FACTS_COMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FormatVariadic.h"
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#if LLVM_VERSION_MAJOR >= 22

#include "clang/DependencyScanning/DependencyScanningFilesystem.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Options/Options.h"

namespace unsingleton {
namespace dependencies = clang::dependencies;
namespace options = clang::options;
using clang::getDriverOptTable;
using llvm::scope_exit;
using llvm::StringSwitch;

/// The type that `T` declares, without sugar.
inline clang::CanQualType tagType(const clang::ASTContext &Context,
                                  const clang::TagDecl *T) {
  return Context.getCanonicalTagType(T);
}

/// What is required behind the declarator of \p F, or null.
inline const clang::Expr *trailingConstraint(const clang::FunctionDecl *F) {
  return F->getTrailingRequiresClause().ConstraintExpr;
}

/// Options that may be lent to Clang while the result lives.
inline auto makeDiagnosticOptions() {
  return std::make_unique<clang::DiagnosticOptions>();
}

/// `Format` with its {0}, {1} … replaced; values that it does not mention are
/// left out without complaint.
template <typename... Values>
std::string formatted(const char *Format, Values &&...Given) {
  return llvm::formatv(false, Format, std::forward<Values>(Given)...).str();
}
} // namespace unsingleton

#else

#include "clang/Driver/Options.h"
#include "clang/Frontend/Utils.h"
#include "clang/Tooling/DependencyScanning/DependencyScanningFilesystem.h"

namespace unsingleton {
namespace dependencies = clang::tooling::dependencies;
namespace options = clang::driver::options;
using clang::driver::getDriverOptTable;

template <typename Callable>
class [[nodiscard]] scope_exit : llvm::detail::scope_exit<Callable> {
public:
  explicit scope_exit(Callable Function)
      : llvm::detail::scope_exit<Callable>(std::move(Function)) {}
};

template <typename T> class StringSwitch {
public:
  explicit StringSwitch(llvm::StringRef Text) : Mine(Text) {}
  StringSwitch &Case(llvm::StringLiteral Text, T Value) {
    Mine.Case(Text, std::move(Value));
    return *this;
  }
  StringSwitch &Cases(std::initializer_list<llvm::StringLiteral> Texts,
                      T Value) {
    for (llvm::StringLiteral Text : Texts)
      Mine.Case(Text, Value);
    return *this;
  }
  StringSwitch &StartsWith(llvm::StringLiteral Text, T Value) {
    Mine.StartsWith(Text, std::move(Value));
    return *this;
  }
  StringSwitch &EndsWith(llvm::StringLiteral Text, T Value) {
    Mine.EndsWith(Text, std::move(Value));
    return *this;
  }
  [[nodiscard]] T Default(T Value) { return Mine.Default(std::move(Value)); }
  [[nodiscard]] operator T() { return Mine; }

private:
  llvm::StringSwitch<T> Mine;
};

inline clang::CanQualType tagType(const clang::ASTContext &Context,
                                  const clang::TagDecl *T) {
  return Context.getTypeDeclType(T)->getCanonicalTypeUnqualified();
}

inline const clang::Expr *trailingConstraint(const clang::FunctionDecl *F) {
  return F->getTrailingRequiresClause();
}

// Clang counts references to them here: on the stack they would be freed.
inline auto makeDiagnosticOptions() {
  return llvm::makeIntrusiveRefCnt<clang::DiagnosticOptions>();
}

template <typename... Values>
std::string formatted(const char *Format, Values &&...Given) {
  return llvm::formatv(Format, std::forward<Values>(Given)...).str();
}
} // namespace unsingleton

#endif

#endif // UNSINGLETON_CHECKS_FACTS_COMPAT_H
