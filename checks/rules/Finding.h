//===- Finding.h - What a rule reports, with its evidence -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_FINDING_H
#define UNSINGLETON_CHECKS_RULES_FINDING_H

#include "checks/program/Program.h"
#include <optional>
#include <string>
#include <vector>

namespace unsingleton {

enum class Verdict : uint8_t {
  SharedMutable,
  ProcessResource,
  ConstAfterInit,
  Stateless,
  ProcessWide,
  PerContext,
  None, ///< no object is judged: the finding is about the text
};
enum class Severity : uint8_t { Low, Medium, High };

llvm::StringRef toString(Verdict V);
llvm::StringRef toString(Severity S);
/// Whether the verdict is reported without `--all`.
bool isReported(Verdict V);

/// One place that supports a finding, printed as a note.
struct Evidence {
  Span Where;
  std::string Text;
};

/// A place where a finding's state changes, or is handed to code that may
/// change it.
struct StateWrite {
  /// 0: the object's own members, 1: the object, 2: what its members own
  /// (which may be of another object of that class).
  unsigned Rank = 0;
  bool Escape = false; ///< handed out rather than written
  Span Place;
  SymbolIndex Target = NoSymbol; ///< as of WriteFact
  SymbolIndex Function = NoSymbol;
  SymbolIndex Through = NoSymbol; ///< the callee that does it, if one does
  std::string Text;               ///< "'n_' is changed by 'add'"
  auto operator<=>(const StateWrite &) const = default;
};

/// A step of the way on which a request reaches the state.
struct PathStep {
  /// The function that the step leads to; of a callback the slot.
  SymbolIndex Function = NoSymbol;
  Span Where;
  /// "entry", then any of "call", "mention", "override", "callback", "stored",
  /// then "accessor" or "use" (of the storage itself), then again any of those,
  /// and "write".
  std::string What;
  std::string Name; ///< of what it leads to, quoted, for notes
  std::string Why;  ///< of an entry: what makes it one; else where not plain
};

/// A name that says whose data the state is.
struct UserDatum {
  enum Kind : uint8_t { Type, Variable, Member, MemberType, Value };
  Kind What = Type;
  std::string Name;  ///< "sessions_"
  std::string Holds; ///< of MemberType: the type's name
  std::string Word;  ///< the word of isolation.UserDataNames
  bool Written = false;
  Span Where;
  auto operator<=>(const UserDatum &) const = default;
};

/// State that one request leaves for another, see CrossRequest.h.
struct CrossRequestState {
  std::string Writer, Reader; ///< where each request enters, for people
  Span Write, Read;
};

/// What decides a finding's severity.
enum class Rating : uint8_t {
  ByWrite, ///< whether a request gets to the state and writes it
  ByReach, ///< whether a request gets to place()
  Given,   ///< the rule: Level is set
};

struct Finding {
  std::string Rule;
  std::string Fingerprint;
  std::string Idiom;
  std::string Type;
  Verdict What = Verdict::SharedMutable;
  Severity Level = Severity::Medium;
  SymbolIndex Storage = NoSymbol;  ///< NoSymbol where no variable is at fault
  SymbolIndex Accessor = NoSymbol; ///< the one that stands for the family, or
                                   ///< NoSymbol where there is none
  Span StoragePlace;
  Span AccessorPlace;
  std::vector<SymbolIndex> Accessors;
  std::vector<SymbolIndex> PartAccessors; ///< hand out parts of it
  std::vector<SymbolIndex> Consumers;     ///< functions that call an accessor
  std::vector<SymbolIndex> Classes;       ///< of the object and what it owns
  std::vector<StateWrite> Writes;         ///< all, sorted
  std::vector<UserDatum> UserData;        ///< sorted
  std::vector<Evidence> Reasons;          ///< of the verdict; also in Notes
  std::vector<Evidence> Notes;
  std::vector<PathStep> Path;
  /// Set where one object a request would lose state.
  std::optional<CrossRequestState> AcrossRequests;
  std::string Message;
  /// Other than ByWrite: it is about what a function does, not about an object.
  Rating Rated = Rating::ByWrite;
  /// Whether `fix` takes it up: it migrates the singleton or says why not.
  bool Migrates = true;
  /// The state is handed to nobody: a counter, a cache of one function.
  bool Internal = false;
  /// Each thread has one.
  bool PerThread = false;

  /// What is new about it, where two states of a program are compared (a word
  /// of tool/since/News.h), and where that stands, if elsewhere.
  std::string New;
  Span NewAt;

  /// Where a person looks first: the accessor, else the storage.
  const Span &place() const {
    if (NewAt.valid())
      return NewAt;
    return AccessorPlace.valid() ? AccessorPlace : StoragePlace;
  }
  /// What stands there.
  SymbolIndex entity() const {
    return Accessor != NoSymbol ? Accessor : Storage;
  }
};

} // namespace unsingleton

#endif
