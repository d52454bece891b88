//===- Severity.cpp - How much a finding matters -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Severity.h"
#include "checks/rules/CrossRequest.h"
#include "checks/rules/RequestPath.h"
#include "checks/rules/UserData.h"
#include <optional>
#include <set>

using namespace unsingleton;

std::vector<std::string> unsingleton::defaultUserDataNames() {
  return {"user",     "username", "userid",     "session", "token",
          "password", "passwd",   "credential", "account", "customer",
          "tenant",   "email",    "cookie",     "login",   "patient"};
}

/// What is written convinces most; each name once.
static void addNotes(Finding &F) {
  constexpr size_t Most = 3;
  std::set<std::string> Said;
  for (bool Written : {true, false})
    for (const UserDatum &Datum : F.UserData)
      if (Datum.Written == Written && Said.size() < Most &&
          Said.insert(Datum.Name).second)
        F.Notes.push_back({Datum.Where, textOf(Datum)});
}

static void addNotes(Finding &F, const CrossRequestState &State) {
  F.Notes.push_back({State.Write, "a request that enters in " + State.Writer +
                                      " changes it here"});
  F.Notes.push_back({State.Read, "and one that enters in " + State.Reader +
                                     " reads it here without changing it"});
}

void unsingleton::rank(const Program &P, const RuleOptions &Options,
                       std::vector<Finding> &Findings) {
  std::optional<RequestPaths> Paths;
  std::optional<CrossRequests> Across;
  for (Finding &F : Findings) {
    if (F.What == Verdict::None || F.Rated == Rating::Given)
      continue;
    if (F.Rated == Rating::ByReach) {
      if (!Paths)
        Paths.emplace(P, Options);
      F.Path = Paths->pathTo(F.Accessor, F.place());
      F.Level = F.Path.empty() ? Severity::Medium : Severity::High;
      continue;
    }
    F.Level = Severity::Low;
    if (!isReported(F.What))
      continue;
    F.UserData = userDataOf(P, F, Options);
    addNotes(F);
    bool Written = llvm::any_of(
        F.UserData, [](const UserDatum &Datum) { return Datum.Written; });
    bool Minor = F.Internal || F.What == Verdict::ProcessResource;
    if (Minor && !Written)
      continue;
    if (!Paths)
      Paths.emplace(P, Options);
    F.Level = Severity::Medium;
    if (RequestAccess Access = Paths->access(F); Access.Written) {
      F.Level = Severity::High;
      F.Path = std::move(Access.Path);
      if (!Across)
        Across.emplace(P, *Paths);
      if ((F.AcrossRequests = Across->of(F)))
        addNotes(F, *F.AcrossRequests);
    }
  }
}
