//===- Policy.h - How a project wants to be migrated -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_POLICY_H
#define UNSINGLETON_FIXITS_POLICY_H

#include <cstdint>
#include <string>
#include <vector>

namespace unsingleton {

/// What becomes of a singleton whose threading ends at a function that can be
/// given no parameter.
enum class FrontierMode : uint8_t {
  Refuse, ///< it is not migrated
  Bridge, ///< that function asks the thread: isolation::current_context()
};

/// From CheckOptions `isolation.*` and the command line. A plain value.
struct Policy {
  std::string ContextType = "isolation::UserExecutionContext";
  std::string ContextHeader = "isolation/user_execution_context.h";
  /// The class template of the keys: `CONTAINER<T> slot;`.
  std::string Container = "isolation::PerRequest";
  std::string SlotHeader = "isolation/per_request.h";
  /// The expression that a factory returns, an lvalue of the object's type.
  std::string FactoryBody = "{slot}.get_or_create({context}, {create})";
  std::string ContextName = "user_context";
  std::string ContextPosition = "first";  ///< or "last": of a new parameter
  std::string ContextPassing = "const &"; ///< or "&", "value"
  /// An expression that makes a context in a test's body; empty: tests without
  /// a context are frontiers.
  std::string RootContext;
  FrontierMode Frontiers = FrontierMode::Refuse;
  /// Singletons (by type, accessor or storage) of a wider scope than a request.
  std::vector<std::string> PerConversation;
  std::vector<std::string> PerUser;
  /// Names or fingerprints; empty: all. `*` stands for any text.
  std::vector<std::string> Only;
  /// Whose fixes clang-tidy offers, see PlanFile.h; empty: what a unit shows.
  std::string PlanFile;
  bool UnsafeFixes = false;
  /// Old accessors stay for callers that are not seen, see Forwarders.h.
  bool Forwarders = false;

  bool last() const { return ContextPosition == "last"; }
  bool bridges() const { return Frontiers == FrontierMode::Bridge; }

  /// Whether a key is left of a singleton: a user's own container may know its
  /// objects by their types.
  bool hasSlot() const {
    return FactoryBody.find("{slot}") != FactoryBody.npos;
  }
};

} // namespace unsingleton

#endif
