//===- News.cpp - What one program says that another does not ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/News.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <set>

using namespace llvm;

namespace unsingleton {

std::string lastingName(StringRef Symbol) {
  // `@/path` of what only its file knows (SymbolName.h).
  Symbol = Symbol.take_front(Symbol.find("@/"));
  SmallVector<StringRef, 16> Parts;
  Symbol.split(Parts, '@');
  std::string Result;
  for (size_t I = 0; I < Parts.size(); ++I) {
    // `c:file.cpp@…` of the same, and offsets: `@123@`.
    if (I == 0)
      Result = "c:";
    else if (!all_of(Parts[I], isDigit) || Parts[I].empty())
      (Result += '@') += Parts[I];
  }
  return Result;
}

namespace {
/// Something that both states may have: a name, and the file it stands in.
struct Item {
  std::string Name;
  std::string File; ///< by its old path
  size_t Index;
};

/// For each of \p Now the Index of its partner in \p Before, or none.
std::map<size_t, size_t> match(const std::vector<Item> &Before,
                               const std::vector<Item> &Now) {
  std::map<size_t, size_t> Result;
  std::multimap<std::string, const Item *> Free;
  for (const Item &I : Before)
    Free.insert({I.Name, &I});
  for (bool SameFile : {true, false})
    for (const Item &I : Now) {
      if (Result.count(I.Index))
        continue;
      auto [Begin, End] = Free.equal_range(I.Name);
      auto Found = std::find_if(Begin, End, [&](const auto &Entry) {
        return !SameFile || Entry.second->File == I.File;
      });
      if (Found == End)
        continue;
      Result[I.Index] = Found->second->Index;
      Free.erase(Found);
    }
  return Result;
}

unsigned weight(Verdict V) {
  return V == Verdict::SharedMutable     ? 2
         : V == Verdict::ProcessResource ? 1
                                         : 0;
}

/// It is about an object, not about what a function does.
bool isOfObject(const Finding &F) {
  return F.Rated == Rating::ByWrite && F.What != Verdict::None &&
         !StringRef(F.Idiom).starts_with("frozen-");
}

class Comparison {
public:
  Comparison(const ProgramState &Before, const ProgramState &Now,
             const StringMap<std::string> &RenamedFrom, StringRef Since)
      : Before(Before), Now(Now), RenamedFrom(RenamedFrom), Since(Since) {}

  std::vector<Finding> run() {
    std::map<size_t, size_t> Partner = matchFindings();
    for (size_t I = 0; I < Now.Findings.size(); ++I) {
      const Finding &F = Now.Findings[I];
      if (auto It = Partner.find(I); It != Partner.end())
        compare(Before.Findings[It->second], F);
      else
        add(F, newsWord(F));
    }
    sort(Out, [](const Finding &A, const Finding &B) {
      auto Key = [](const Finding &F) {
        return std::tie(F.place(), F.StoragePlace, F.Rule, F.Fingerprint, F.New,
                        F.Message);
      };
      return Key(A) < Key(B);
    });
    return std::move(Out);
  }

private:
  std::string fileOf(const ProgramState &In, const Span &Where) const {
    if (!Where.valid())
      return {};
    StringRef Path = In.Linked.file(Where.File).Path;
    auto It = &In == &Now ? RenamedFrom.find(Path) : RenamedFrom.end();
    return It == RenamedFrom.end() ? Path.str() : It->second;
  }

  template <class Get>
  std::vector<Item> items(const ProgramState &In, Get Name) const {
    std::vector<Item> Result;
    for (size_t I = 0; I < In.Findings.size(); ++I)
      if (std::string Known = Name(In, In.Findings[I]); !Known.empty())
        Result.push_back({Known, fileOf(In, In.Findings[I].place()), I});
    return Result;
  }

  /// By fingerprint; what is left, by the object: another function may stand
  /// for its accessors now, or it has got its first.
  std::map<size_t, size_t> matchFindings() const {
    auto ByFingerprint = [](const ProgramState &, const Finding &F) {
      return F.Fingerprint;
    };
    std::map<size_t, size_t> Result =
        match(items(Before, ByFingerprint), items(Now, ByFingerprint));
    std::set<size_t> Taken;
    for (const auto &[New, Old] : Result)
      Taken.insert(Old);
    auto ByObject = [](const ProgramState &In, const Finding &F) {
      const auto *S = In.Linked.one<StorageFact>(F.Storage);
      return isOfObject(F) && S ? S->QualifiedName : std::string();
    };
    std::vector<Item> Old = items(Before, ByObject);
    std::vector<Item> New = items(Now, ByObject);
    erase_if(Old, [&](const Item &I) { return Taken.count(I.Index); });
    erase_if(New, [&](const Item &I) { return Result.count(I.Index); });
    Result.merge(match(Old, New));
    return Result;
  }

  void compare(const Finding &Old, const Finding &New) {
    if (weight(New.What) > weight(Old.What)) {
      addWorse(New, "verdict", toString(Old.What));
      // What was not shown is new as a whole.
      if (!isReported(Old.What))
        return;
    } else if (New.What == Old.What && New.Level > Old.Level) {
      addWorse(New, "severity", toString(Old.Level));
    }
    if (!isOfObject(New))
      return;
    for (SymbolIndex Accessor : added(Old.Accessors, New.Accessors))
      addPlaced(New, "accessor", Now.Linked.place(Accessor),
                "'" + Now.Linked.name(Accessor) +
                    "' is another way to the same object");
    for (SymbolIndex User : added(Old.Consumers, New.Consumers))
      addPlaced(New, "consumer", placeOfUse(New, User), userMessage(New, User));
  }

  std::vector<Item> items(const ProgramState &In,
                          const std::vector<SymbolIndex> &Symbols) const {
    std::vector<Item> Result;
    for (size_t I = 0; I < Symbols.size(); ++I)
      Result.push_back({Symbols[I] == NoSymbol
                            ? "namespace scope"
                            : lastingName(In.Linked.symbol(Symbols[I])),
                        fileOf(In, In.Linked.place(Symbols[I])), I});
    return Result;
  }

  std::vector<SymbolIndex> added(const std::vector<SymbolIndex> &Old,
                                 const std::vector<SymbolIndex> &New) const {
    std::map<size_t, size_t> Known = match(items(Before, Old), items(Now, New));
    std::vector<SymbolIndex> Result;
    for (size_t I = 0; I < New.size(); ++I)
      if (!Known.count(I))
        Result.push_back(New[I]);
    return Result;
  }

  /// Where the consumer calls an accessor, or names the object.
  Span placeOfUse(const Finding &F, SymbolIndex User) const {
    const Program &P = Now.Linked;
    std::vector<Span> Places;
    for (SymbolIndex Accessor : F.Accessors)
      for (const CallFact *Call : P.callsTo(Accessor))
        if (Call->Caller == User && Call->Kind != CallKind::Declaration)
          Places.push_back(Call->Name);
    for (const auto &Use : P.of<StorageUseFact>(F.Storage))
      if (Use.Function == User)
        Places.push_back(Use.Place);
    for (const auto &Mention : P.of<LibraryMentionFact>(F.Storage))
      if (Mention.By == User)
        Places.push_back(Mention.Place);
    return Places.empty() ? P.place(User) : *llvm::min_element(Places);
  }

  std::string userMessage(const Finding &F, SymbolIndex User) const {
    const auto *Storage = Now.Linked.one<StorageFact>(F.Storage);
    std::string Object = F.Accessor != NoSymbol ? Now.Linked.name(F.Accessor)
                         : Storage              ? Storage->QualifiedName
                                                : F.Type;
    std::string Who = User == NoSymbol ? "an initialiser at namespace scope"
                                       : "'" + Now.Linked.name(User) + "'";
    return Who + " is a new user of '" + Object + "'";
  }

  void add(const Finding &F, StringRef Kind) {
    Out.push_back(F);
    Out.back().New = Kind.str();
  }

  void addWorse(const Finding &F, StringRef Kind, StringRef Was) {
    add(F, Kind);
    Out.back().Notes.push_back(
        {F.place(), ("its " + Kind + " was '" + Was + "' in " + Since).str()});
  }

  /// Told at \p Where, with what the finding says as a note.
  void addPlaced(const Finding &F, StringRef Kind, const Span &Where,
                 const std::string &Message) {
    add(F, Kind);
    Finding &News = Out.back();
    News.Message = Message + ": " + F.Message;
    News.NewAt = Where;
    News.Notes.clear();
    if (F.place().valid() && F.place() != Where)
      News.Notes.push_back({F.place(), "it is handed out here"});
    if (F.AccessorPlace.valid() && F.StoragePlace.valid())
      News.Notes.push_back({F.StoragePlace, "and stored here"});
    News.Path.clear(); // the singleton's, not this user's
  }

  const ProgramState &Before, &Now;
  const StringMap<std::string> &RenamedFrom;
  StringRef Since;
  std::vector<Finding> Out;
};
} // namespace

StringRef newsWord(const Finding &F) {
  return isOfObject(F) ? "singleton" : "use";
}

std::vector<Finding> newsOf(const ProgramState &Before, const ProgramState &Now,
                            const StringMap<std::string> &RenamedFrom,
                            StringRef Since) {
  return Comparison(Before, Now, RenamedFrom, Since).run();
}

} // namespace unsingleton
