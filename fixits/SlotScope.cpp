//===- SlotScope.cpp - Who shares a migrated object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/SlotScope.h"
#include "fixits/Plan.h"

using namespace unsingleton;

static llvm::StringRef annotated(const Program &P, const Finding &F) {
  std::vector<SymbolIndex> Entities = F.Accessors;
  Entities.push_back(F.Storage);
  for (const StorageObjectFact &Object : P.of<StorageObjectFact>(F.Storage))
    Entities.push_back(Object.Record);
  for (SymbolIndex Entity : Entities)
    if (Entity != NoSymbol)
      if (const auto *Fact = P.one<ScopeFact>(Entity))
        return Fact->Scope;
  return {};
}

SlotScope unsingleton::scopeOf(const Program &P, const Finding &F,
                               const Policy &How) {
  llvm::StringRef Name = annotated(P, F);
  auto Listed = [&](const std::vector<std::string> &Patterns) {
    return llvm::any_of(Patterns, [&](const std::string &Pattern) {
      return selects(P, Pattern, F);
    });
  };
  if (Name.empty())
    Name = Listed(How.PerUser)           ? "user"
           : Listed(How.PerConversation) ? "conversation"
                                         : "request";
  if (Name == "user")
    return {"user", "isolation::PerUser", "isolation/per_user.h"};
  if (Name == "conversation")
    return {"conversation", "isolation::PerConversation",
            "isolation/per_conversation.h"};
  return {"request", How.Container, How.SlotHeader};
}
