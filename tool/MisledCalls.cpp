//===- MisledCalls.cpp - Calls that would mean another function -----------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/MisledCalls.h"
#include "llvm/ADT/StringMap.h"
#include <optional>

using namespace llvm;

namespace unsingleton {

namespace {
/// A place in a file of the program as it was.
using Place = std::pair<FileIndex, uint32_t>;

/// Where a name of the changed program stood before.
class OldPlaces {
public:
  OldPlaces(const Program &Before, const std::vector<ChangedFile> &Files,
            const Program &After)
      : Of(After.files().size()) {
    StringMap<FileIndex> Known;
    for (FileIndex I = 0; I < Before.files().size(); ++I)
      Known[Before.file(I).Path] = I;
    StringMap<const ChangedFile *> Changed;
    for (const ChangedFile &File : Files)
      Changed[File.Path] = &File;
    for (FileIndex I = 0; I < After.files().size(); ++I) {
      auto It = Known.find(After.file(I).Path);
      if (It == Known.end())
        continue;
      Of[I].Before = It->second;
      if ((Of[I].Changed = Changed.lookup(It->first())))
        Of[I].Offsets = Of[I].Changed->offsetsBefore();
    }
  }

  /// Nothing: it is not known, or the name is new.
  std::optional<Place> of(const Span &Name) const {
    if (!Name.valid() || Of[Name.File].Before == NoFile)
      return std::nullopt;
    const File &In = Of[Name.File];
    if (!In.Changed)
      return Place{In.Before, Name.Offset};
    if (!Name.Length || Name.end() > In.Offsets.size())
      return std::nullopt;
    uint32_t Old = In.Offsets[Name.Offset];
    if (StringRef(In.Changed->Before).substr(Old, Name.Length) !=
        StringRef(In.Changed->After).substr(Name.Offset, Name.Length))
      return std::nullopt;
    return Place{In.Before, Old};
  }

  /// Whether \p Name, of the program as it was, is still there, and a place of
  /// its file is found again.
  bool isKept(const Span &Name) const {
    for (const File &In : Of)
      if (In.Before == Name.File)
        return !In.Changed ||
               (!In.Offsets.empty() &&
                none_of(In.Changed->Changes, [&](const TextChange &C) {
                  return C.Offset < Name.end() &&
                         Name.Offset < C.Offset + C.Length;
                }));
    return false;
  }

private:
  struct File {
    FileIndex Before = NoFile;
    const ChangedFile *Changed = nullptr;
    std::vector<uint32_t> Offsets;
  };
  std::vector<File> Of; ///< by FileIndex of After
};

bool passesArguments(const CallFact &Call) {
  return Call.Kind == CallKind::Call || Call.Kind == CallKind::Construct ||
         Call.Kind == CallKind::Forwarded;
}

class Searcher {
public:
  Searcher(const Program &Before, const Plan &Planned,
           const std::vector<ChangedFile> &Files, const Program &After)
      : Before(Before), After(After), Places(Before, Files, After) {
    for (const Migration &M : Planned.Migrations)
      if (!M.refused())
        Changed.insert(M.Threaded.begin(), M.Threaded.end());
    for (SymbolIndex Function : Changed)
      for (const CallFact *Call : Before.callsTo(Function))
        if (passesArguments(*Call)) {
          Place At{Call->Name.File, Call->Name.Offset};
          Calls[At].Edited.push_back(Call);
          Expected[Function].insert(At);
        }
    for (const CallFact &Call : Before.all<CallFact>())
      if (auto It = Calls.find({Call.Name.File, Call.Name.Offset});
          It != Calls.end() && passesArguments(Call))
        for (const FunctionSiteFact &Site :
             Before.of<FunctionSiteFact>(Call.Callee))
          It->second.Callees.insert({Site.Name.File, Site.Name.Offset});
  }

  std::vector<MisledCall> run() {
    for (const CallFact &Call : After.all<CallFact>())
      if (passesArguments(Call))
        compare(Call);
    for (const auto &[At, Call] : Calls)
      for (const CallFact *Edited : Call.Edited)
        ask(*Edited, Call);
    std::vector<MisledCall> Result;
    for (const auto &[Function, Call] : Found)
      Result.push_back(Call);
    return Result;
  }

private:
  struct EditedCall {
    std::vector<const CallFact *> Edited; ///< of functions that are changed
    std::set<Place> Callees; ///< where all that it called was declared
    bool Seen = false;       ///< as a call of any of those
    Span Other;              ///< something else that it may call
  };

  /// Where \p Function, of After, was declared before, as far as is known.
  const std::set<Place> &declared(SymbolIndex Function) {
    auto [It, New] = Declared.try_emplace(Function);
    if (New)
      for (const FunctionSiteFact &Site : After.of<FunctionSiteFact>(Function))
        if (std::optional<Place> Old = Places.of(Site.Name))
          It->second.insert(*Old);
    return It->second;
  }

  Span siteAt(const Place &At) const {
    for (const FunctionSiteFact &Site : Before.all<FunctionSiteFact>())
      if (Place(Site.Name.File, Site.Name.Offset) == At)
        return Site.Name;
    return {};
  }

  void compare(const CallFact &Now) {
    std::optional<Place> At = Places.of(Now.Name);
    auto It = At ? Calls.find(*At) : Calls.end();
    if (It == Calls.end())
      return;
    EditedCall &Then = It->second;
    const auto *F = After.one<FunctionFact>(Now.Callee);
    const std::set<Place> &Sites = declared(Now.Callee);
    bool Same = any_of(Sites, [&](const Place &Site) {
      return Then.Callees.count(Site) != 0;
    });
    if (Same || !F || Sites.empty()) { // or nobody knows
      Then.Seen = true;
      return;
    }
    for (const CallFact *Edited : Then.Edited)
      if (Before.one<FunctionFact>(Edited->Callee)->Name == F->Name) {
        Then.Other = siteAt(*Sites.begin());
        // What a library makes of arguments is seen for each constructor that
        // might take them.
        if (Now.Kind != CallKind::Forwarded)
          Found.try_emplace(
              Edited->Callee,
              MisledCall{Edited->Callee, Edited->Name, Then.Other});
      }
  }

  void ask(const CallFact &Edited, const EditedCall &Call) {
    if (Call.Seen || Edited.Unevaluated || !Places.isKept(Edited.Name))
      return;
    bool Forwarded = Edited.Kind == CallKind::Forwarded;
    if (Forwarded ? Call.Other.valid() : isLost(Edited.Callee))
      Found.try_emplace(Edited.Callee,
                        MisledCall{Edited.Callee, Edited.Name, Call.Other});
  }

  /// Whether fewer places call \p Function than did.
  bool isLost(SymbolIndex Function) {
    if (Counts.empty())
      for (const CallFact &Call : After.all<CallFact>())
        if (passesArguments(Call))
          for (const Place &Site : declared(Call.Callee))
            Counts[Site].insert({Call.Name.File, Call.Name.Offset});
    size_t Most = 0;
    for (const FunctionSiteFact &Site : Before.of<FunctionSiteFact>(Function))
      Most = std::max(Most, Counts[{Site.Name.File, Site.Name.Offset}].size());
    return Most < Expected[Function].size();
  }

  const Program &Before;
  const Program &After;
  OldPlaces Places;
  std::set<SymbolIndex> Changed;
  std::map<Place, EditedCall> Calls;
  std::map<SymbolIndex, std::set<Place>> Expected;
  std::map<SymbolIndex, std::set<Place>> Declared;
  std::map<Place, std::set<Place>> Counts; ///< calls in After, by callee's site
  std::map<SymbolIndex, MisledCall> Found;
};
} // namespace

std::vector<MisledCall> misledCalls(const Program &Before, const Plan &Planned,
                                    const std::vector<ChangedFile> &Files,
                                    const Program &After) {
  return Searcher(Before, Planned, Files, After).run();
}

} // namespace unsingleton
