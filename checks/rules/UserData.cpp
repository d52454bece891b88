//===- UserData.cpp - Names that say whose data it is -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/UserData.h"
#include "checks/facts/Words.h"
#include "llvm/ADT/StringExtras.h"

using namespace unsingleton;

/// Whether \p Word is \p Name or its plural.
static bool isWord(llvm::StringRef Word, llvm::StringRef Name) {
  if (!Word.consume_front(Name))
    return Name.ends_with("y") && Word.consume_front(Name.drop_back()) &&
           Word == "ies";
  return Word.empty() || Word == "s" || Word == "es";
}

std::string unsingleton::userDataWord(llvm::StringRef Identifier,
                                      const std::vector<std::string> &Names) {
  auto Words = wordsOf(Identifier);
  for (const std::string &Name : Names) {
    auto Wanted = wordsOf(Name);
    for (size_t At = 0; At + Wanted.size() <= Words.size(); ++At) {
      bool All = !Wanted.empty();
      for (size_t I = 0; I < Wanted.size(); ++I)
        All &= isWord(Words[At + I], Wanted[I]);
      if (All)
        return Name;
    }
  }
  return {};
}

std::string
unsingleton::userDataWordOfType(llvm::StringRef Type,
                                const std::vector<std::string> &Names,
                                std::string &Name) {
  auto InIdentifier = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  while (!Type.empty()) {
    llvm::StringRef Identifier = Type.take_while(InIdentifier);
    Type = Type.drop_front(std::max<size_t>(Identifier.size(), 1));
    if (Identifier.empty() || Type.starts_with("::"))
      continue;
    if (std::string Word = userDataWord(Identifier, Names); !Word.empty()) {
      Name = Identifier.str();
      return Word;
    }
  }
  return {};
}

namespace {
class Collector {
public:
  Collector(const Program &P, const Finding &F, const RuleOptions &Options)
      : P(P), F(F), Names(Options.UserDataNames) {}

  std::vector<UserDatum> run() {
    // Of a class its members say what is written; else the whole object is.
    bool Changed = llvm::any_of(F.Writes, [](const StateWrite &Write) {
      return Write.Rank == 1 && !Write.Escape;
    });
    std::string Name;
    if (std::string Word = userDataWordOfType(F.Type, Names, Name);
        !Word.empty())
      Found.push_back({UserDatum::Type, Name, "", Word,
                       Changed && F.Classes.empty(), F.StoragePlace});
    if (const auto *Storage =
            F.Storage == NoSymbol ? nullptr : P.one<StorageFact>(F.Storage))
      if (std::string Word = userDataWord(Storage->Name, Names); !Word.empty())
        Found.push_back({UserDatum::Variable, Storage->Name, "", Word, Changed,
                         F.StoragePlace});
    for (SymbolIndex Class : F.Classes)
      for (const FieldFact &Field : P.of<FieldFact>(Class))
        if (!Field.Base)
          member(Field);
    for (const StateWrite &Write : F.Writes)
      for (const WrittenNameFact &Value : P.of<WrittenNameFact>(Write.Function))
        if (Value.Place == Write.Place)
          if (std::string Word = userDataWord(Value.Name, Names); !Word.empty())
            Found.push_back(
                {UserDatum::Value, Value.Name, "", Word, true, Value.Where});
    llvm::sort(Found);
    Found.erase(llvm::unique(Found), Found.end());
    return std::move(Found);
  }

private:
  void member(const FieldFact &Field) {
    bool Written = llvm::any_of(F.Writes, [&](const StateWrite &Write) {
      return Write.Target == Field.Field && !Write.Escape;
    });
    std::string Name;
    if (std::string Word = userDataWord(Field.Name, Names); !Word.empty())
      Found.push_back(
          {UserDatum::Member, Field.Name, "", Word, Written, Field.Place});
    else if (Word = userDataWordOfType(Field.Type, Names, Name); !Word.empty())
      Found.push_back({UserDatum::MemberType, Field.Name, Name, Word, Written,
                       Field.Place});
  }

  const Program &P;
  const Finding &F;
  const std::vector<std::string> &Names;
  std::vector<UserDatum> Found;
};
} // namespace

std::vector<UserDatum> unsingleton::userDataOf(const Program &P,
                                               const Finding &F,
                                               const RuleOptions &Options) {
  return Collector(P, F, Options).run();
}

std::string unsingleton::textOf(const UserDatum &Datum) {
  std::string Names = " user data ('" + Datum.Word + "')";
  switch (Datum.What) {
  case UserDatum::MemberType:
    return "'" + Datum.Name + "' holds '" + Datum.Holds + "', which names" +
           Names;
  case UserDatum::Value:
    return "'" + Datum.Name + "', which is written here, names" + Names;
  case UserDatum::Type:
  case UserDatum::Variable:
  case UserDatum::Member:
    break;
  }
  return "'" + Datum.Name + "' names" + Names;
}
