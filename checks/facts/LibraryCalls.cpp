//===- LibraryCalls.cpp - What library code does with arguments -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/LibraryCalls.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/Ways.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

/// Algorithms that only read every range they are given.
static bool onlyReads(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"all_of", "any_of", "none_of", "count", "count_if", "equal",
              "mismatch", "search", "lexicographical_compare"},
             true)
      .Cases({"accumulate", "reduce", "inner_product", "transform_reduce",
              "distance", "size", "ssize", "empty"},
             true)
      .Cases({"binary_search", "includes", "is_sorted", "is_sorted_until",
              "is_permutation", "is_partitioned", "contains"},
             true)
      .Default(false);
}

/// Algorithms that read all but their output range, which comes after two or
/// more iterators.
static bool writesOutput(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"copy", "copy_if", "copy_n", "transform", "unique_copy",
              "remove_copy", "remove_copy_if", "replace_copy", "reverse_copy",
              "partial_sum", "set_union", "set_intersection", "set_difference",
              "merge"},
             true)
      .Default(false);
}

/// Found by name and returning an iterator into what they are given.
static bool returnsIterator(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"find", "find_if", "find_if_not", "find_first_of",
              "adjacent_find", "lower_bound", "upper_bound", "equal_range",
              "max_element", "min_element"},
             true)
      .Default(false);
}

/// Algorithms that change what a forwarding reference gives them: an engine, a
/// range.
static bool changesForwarded(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"sort", "stable_sort", "partial_sort", "nth_element", "shuffle",
              "sample", "reverse", "rotate", "fill", "generate"},
             true)
      .Cases({"unique", "remove", "remove_if", "replace", "replace_if",
              "partition", "iota", "swap_ranges", "make_heap", "push_heap"},
             true)
      .Default(false);
}

/// In std, or in a namespace of it such as std::ranges.
static bool inStd(const Decl *D) {
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent())
    if (C->isStdNamespace())
      return true;
  return false;
}

/// The name of a library function; that of its object where it is one, as
/// `std::ranges::sort` is one of class `__sort_fn`.
static llvm::StringRef libraryName(const FunctionDecl *Callee) {
  if (Callee->getIdentifier())
    return Callee->getName();
  const auto *M = dyn_cast<CXXMethodDecl>(Callee);
  if (!M || M->getOverloadedOperator() != OO_Call ||
      !M->getParent()->getIdentifier() || !inStd(M))
    return {};
  llvm::StringRef Name = M->getParent()->getName();
  return Name.consume_front("__") && Name.consume_back("_fn")
             ? Name
             : llvm::StringRef();
}

/// `T &&` of a template: takes lvalues of any constness, usually to copy them.
static bool isForwarding(const FunctionDecl *Callee, unsigned Index) {
  const FunctionTemplateDecl *Template = Callee->getPrimaryTemplate();
  if (!Template)
    return false;
  const FunctionDecl *Pattern = Template->getTemplatedDecl();
  unsigned Count = Pattern->getNumParams();
  if (!Count)
    return false;
  QualType Type = Pattern->getParamDecl(std::min(Index, Count - 1))->getType();
  if (const auto *Pack = Type->getAs<PackExpansionType>())
    Type = Pack->getPattern();
  const auto *Reference = Type->getAs<RValueReferenceType>();
  return Reference && Reference->getPointeeType()->isTemplateTypeParmType();
}

/// A method by which a pointer, atomic or smart, takes over what it leads to.
static bool takesOver(const FunctionDecl *Callee) {
  const auto *M = dyn_cast<CXXMethodDecl>(Callee);
  if (!M || !M->getIdentifier())
    return false;
  Holder How = holderType(tagType(M->getASTContext(), M->getParent())).How;
  if (How == Holder::Value || How == Holder::Optional)
    return false;
  return M->getName() == "reset" || M->getName() == "store" ||
         M->getName() == "exchange" ||
         M->getName().starts_with("compare_exchange");
}

/// A class of the library whose constructor copies what its arguments lead to.
static bool copiesElements(const FunctionDecl *Callee) {
  const auto *C = dyn_cast<CXXConstructorDecl>(Callee);
  if (!C || !C->getParent()->getIdentifier() || !C->isInStdNamespace())
    return false;
  return StringSwitch<bool>(C->getParent()->getName())
      .Cases({"vector", "deque", "list", "forward_list", "set", "map",
              "multiset", "multimap", "unordered_set", "unordered_map"},
             true)
      .Cases({"basic_string", "basic_string_view", "basic_regex",
              "initializer_list", "valarray", "queue", "priority_queue",
              "stack"},
             true)
      .Cases({"basic_stringstream", "basic_istringstream",
              "basic_ostringstream", "basic_ifstream", "basic_ofstream",
              "basic_fstream", "path"},
             true)
      .Default(false);
}

static bool printsArguments(const FunctionDecl *Callee) {
  for (const auto *Format : Callee->specific_attrs<FormatAttr>())
    if (Format->getType() && Format->getType()->getName().contains("printf"))
      return true;
  llvm::StringRef Name =
      Callee->getIdentifier() ? Callee->getName() : llvm::StringRef();
  return Name.ends_with("printf") || Name == "syslog" || Name == "execl" ||
         Name == "execlp";
}

ArgumentUse libraryArgument(const FunctionDecl *Callee, unsigned Index,
                            const Expr *E) {
  llvm::StringRef Name = libraryName(Callee);
  bool Std = inStd(Callee);
  if (!Name.empty() &&
      !(isa<CXXMethodDecl>(Callee) && Callee->getIdentifier())) {
    if (returnsIterator(Name) || isProjection(Name) || Name == "get_if" ||
        Name == "any_cast")
      return ArgumentUse::Project;
    if (Std && onlyReads(Name))
      return ArgumentUse::Read;
    if (Std && (Name == "for_each" || Name == "visit"))
      return ArgumentUse::Keep; // its function object may change the elements
    if (Std && writesOutput(Name))
      return Index < 2 ? ArgumentUse::Read : ArgumentUse::Change;
  }
  if (Index >= Callee->getNumParams()) {
    if (Callee->isVariadic() && printsArguments(Callee))
      return ArgumentUse::Read;
  } else {
    QualType Type = Callee->getParamDecl(Index)->getType();
    if (!isWay(Type) || !isOpenWay(Type))
      return ArgumentUse::Read;
    // `const shared_ptr<T> &` is compared or printed, or copied by a container.
    if (Type->isReferenceType() && Type->getPointeeType().isConstQualified())
      return isa<CXXMethodDecl>(Callee) && !isIterator(E->getType())
                 ? ArgumentUse::Keep
                 : ArgumentUse::Read;
  }
  if (copiesElements(Callee))
    return ArgumentUse::Read;
  if (takesOver(Callee) && E->isPRValue())
    return ArgumentUse::Keep;
  if (isIterator(E->getType()) && isa<CXXMethodDecl>(Callee))
    return ArgumentUse::Read; // assign, insert, erase: positions and sources
  if (Std && changesForwarded(Name))
    return ArgumentUse::Change;
  if (isForwarding(Callee, Index))
    return isWay(E->getType()) && isOpenWay(E->getType()) ? ArgumentUse::Keep
                                                          : ArgumentUse::Read;
  return ArgumentUse::Change;
}

bool isCountingMethod(llvm::StringRef Name) {
  return Name == "fetch_add" || Name == "fetch_sub";
}

} // namespace unsingleton
