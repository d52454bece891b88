//===- UnseenCode.cpp - Code that was not analysed -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/UnseenCode.h"

using namespace llvm;

namespace unsingleton {

namespace {
/// What a fix changes, so that its uses change too.
struct Wanted {
  SymbolIndex Symbol = NoSymbol;
  StringRef Name;
  StringRef Qualified;
  std::set<StringRef> Classes; ///< of a member: those that have it
  bool Constructor = false;
  bool Anywhere = false;      ///< not only where it is called
  FileIndex Only = NoFile;    ///< where alone it can be meant; NoFile: all over
  std::optional<Span> Within; ///< of a local: its function
};

/// The tokens around a name.
class Place {
public:
  Place(ArrayRef<UnseenText::Token> Tokens, size_t At)
      : Tokens(Tokens), At(At) {}

  StringRef text(ptrdiff_t From) const {
    size_t I = At + static_cast<size_t>(From);
    return I < Tokens.size() ? Tokens[I].Text : "";
  }
  bool word(ptrdiff_t From) const {
    size_t I = At + static_cast<size_t>(From);
    return I < Tokens.size() && Tokens[I].Word;
  }
  unsigned offset() const { return Tokens[At].Offset; }

  bool qualified() const { return text(-1) == "::"; }
  bool throughObject() const { return text(-1) == "." || text(-1) == "->"; }
  bool called() const { return text(1) == "(" || text(1) == "<"; }

  /// `&f`, `&T::f`.
  bool pointedTo() const {
    ptrdiff_t First = 0;
    while (text(First - 1) == "::" && word(First - 2))
      First -= 2;
    return text(First - 1) == "&";
  }

  /// `new T`, `T(`, `T{`, `T name(`, `T name{`, `make_unique<T>(`.
  bool constructed() const {
    if (text(-1) == "new" || text(1) == "(" || text(1) == "{")
      return true;
    if (word(1) && (text(2) == "(" || text(2) == "{"))
      return true;
    return text(-1) == "<" && text(1) == ">" && text(2) == "(";
  }

private:
  ArrayRef<UnseenText::Token> Tokens;
  size_t At;
};

StringRef unqualified(StringRef Name) {
  Name = Name.take_front(Name.find('<'));
  size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.drop_front(Colons + 2);
}

class Search {
public:
  Search(const Session &S, const std::vector<UnseenText> &Texts, bool Ignore)
      : S(S), P(*S.Linked), Texts(Texts), Ignore(Ignore) {}

  std::optional<Refusal> against(const Plan &Planned, unsigned Group) {
    const Migration &M = Planned.Migrations[Group];
    if (std::optional<Refusal> Why = removal(Planned, Group))
      return Why;
    for (const Wanted &What : changedBy(M))
      for (const UnseenText &Text : Texts)
        if (std::optional<Refusal> Why = mention(What, Text, *M.Of))
          return Why;
    return std::nullopt;
  }

private:
  /// A forwarder keeps the accessor's name and type.
  std::vector<Wanted> changedBy(const Migration &M) const {
    std::vector<Wanted> Result;
    std::set<SymbolIndex> Functions(M.Threaded.begin(), M.Threaded.end());
    for (SymbolIndex Accessor : M.Of->Accessors) {
      Functions.erase(Accessor);
      if (S.Of.Fixing.Forwarders || M.Asks)
        continue;
      if (const auto *F = P.one<FunctionFact>(Accessor))
        Result.push_back(wanted(*F, /*Anywhere=*/true));
    }
    if (const auto *Storage = P.one<StorageFact>(M.Of->Storage))
      Result.push_back(wanted(*Storage));
    for (SymbolIndex Function : Functions)
      if (const auto *F = P.one<FunctionFact>(Function))
        Result.push_back(wanted(*F, /*Anywhere=*/false));
    return Result;
  }

  Wanted wanted(const FunctionFact &F, bool Anywhere) const {
    Wanted What;
    What.Symbol = F.Function;
    What.Name = F.Name;
    What.Qualified = F.QualifiedName;
    What.Anywhere = Anywhere;
    What.Constructor = F.Kind == FunctionKind::Constructor;
    if (F.Record != NoSymbol)
      What.Classes = classes(F.Record);
    if (const auto *R = P.one<RecordFact>(F.Record); R && What.Constructor)
      What.Name = unqualified(R->QualifiedName);
    if (F.InternalLinkage)
      What.Only = P.place(F.Function).File;
    return What;
  }

  Wanted wanted(const StorageFact &Storage) const {
    Wanted What;
    What.Symbol = Storage.Storage;
    What.Name = Storage.Name;
    What.Qualified = Storage.QualifiedName;
    What.Anywhere = true;
    if (Storage.Record != NoSymbol)
      What.Classes = classes(Storage.Record);
    bool Local = Storage.Kind == StorageKind::FunctionLocal;
    if (Storage.InternalLinkage || Local)
      What.Only = P.place(Storage.Storage).File;
    if (Local)
      for (const auto &Site : P.of<FunctionSiteFact>(Storage.Function))
        if (Site.Definition)
          What.Within = Site.Whole;
    return What;
  }

  /// The names of \p Record and of what derives from it.
  std::set<StringRef> classes(SymbolIndex Record) const {
    std::set<StringRef> Names;
    std::set<SymbolIndex> Known{Record};
    std::vector<SymbolIndex> Next{Record};
    while (!Next.empty()) {
      SymbolIndex Class = Next.back();
      Next.pop_back();
      if (const auto *R = P.one<RecordFact>(Class))
        Names.insert(unqualified(R->QualifiedName));
      for (SymbolIndex Derived : P.derived(Class))
        if (Known.insert(Derived).second)
          Next.push_back(Derived);
    }
    Names.erase("");
    return Names;
  }

  std::optional<Refusal> mention(const Wanted &What, const UnseenText &Text,
                                 const Finding &Of) {
    using Why = UnseenText::Why;
    bool Failed = Text.Reason == Why::FailedUnit || Text.Reason == Why::Missing;
    if ((Ignore && !Failed) || (What.Only != NoFile && What.Only != Text.File))
      return std::nullopt;
    if (Text.Reason == Why::Missing)
      return Refusal{RefusalCode::UnitMissing, P.name(What.Symbol),
                     S.Of.shown(Text.Path), Of.place()};
    if (What.Name.empty() || !Text.names(What.Name))
      return std::nullopt;
    UnseenText::Content Whole = Text.content();
    ArrayRef<UnseenText::Token> Tokens = Whole.Tokens;
    for (size_t I = 0; I < Tokens.size(); ++I) {
      if (!Tokens[I].Word || Tokens[I].Text != What.Name ||
          !Text.covers(Tokens[I].Offset) || !means(What, Text, {Tokens, I}))
        continue;
      std::string Path = S.Of.shown(Text.Path);
      if (Failed)
        return Refusal{RefusalCode::UnitFailed, P.name(What.Symbol), Path,
                       Of.place()};
      Path += ":" + std::to_string(Text.line(Tokens[I].Offset));
      return Refusal{RefusalCode::UnseenCode, P.name(What.Symbol), Path,
                     Of.place()};
    }
    return std::nullopt;
  }

  bool means(const Wanted &What, const UnseenText &Text,
             const Place &At) const {
    if (What.Within && (At.offset() < What.Within->Offset ||
                        At.offset() >= What.Within->end()))
      return false;
    if (What.Constructor)
      return At.constructed();
    if (!What.Anywhere && !At.called() && !At.pointedTo())
      return false;
    if (What.Classes.empty()) {
      if (At.throughObject())
        return false;
      return !At.qualified() || At.text(-2).empty() || !At.word(-2) ||
             inPath(What.Qualified, At.text(-2));
    }
    if (At.qualified() && At.word(-2))
      return What.Classes.count(At.text(-2)) != 0;
    if (At.qualified())
      return At.text(-2) == ">"; // some class template's
    return any_of(What.Classes,
                  [&](StringRef Class) { return Text.names(Class); });
  }

  /// Whether \p Name is one of the namespaces that \p Qualified names.
  static bool inPath(StringRef Qualified, StringRef Name) {
    SmallVector<StringRef> Parts;
    Qualified.split(Parts, "::");
    return is_contained(ArrayRef<StringRef>(Parts).drop_back(), Name);
  }

  /// What the fix would take away with what it replaces. An argument that is
  /// dropped stands in a statement or declaration that is not.
  std::optional<Refusal> removal(const Plan &Planned, unsigned Group) {
    for (const Edit &E : Planned.Edits) {
      if (!E.Target.Length || !E.Groups.count(Group))
        continue;
      for (const UnseenText &Text : Texts) {
        if (Text.Reason != UnseenText::Why::Skipped ||
            Text.File != E.Target.File)
          continue;
        for (const UnseenText::Range &R : Text.Ranges)
          if (R.Branch && R.Begin < E.Target.end() && E.Target.Offset < R.End &&
              !copied(E, R)) {
            const Finding &Of = *Planned.Migrations[Group].Of;
            std::string At = S.Of.shown(Text.Path) + ":" +
                             std::to_string(Text.line(R.Begin));
            return Refusal{RefusalCode::UnseenRemoval, P.name(Of.entity()),
                           std::move(At), Of.place()};
          }
      }
    }
    return std::nullopt;
  }

  static bool copied(const Edit &E, const UnseenText::Range &R) {
    return any_of(E.With, [&](const Piece &Copy) {
      return Copy.What != Piece::Kind::Comments && Copy.Source.valid() &&
             Copy.Source.File == E.Target.File &&
             Copy.Source.Offset <= R.Begin && R.End <= Copy.Source.end();
    });
  }

  const Session &S;
  const Program &P;
  const std::vector<UnseenText> &Texts;
  bool Ignore;
};
} // namespace

std::map<unsigned, Refusal> UnseenCode::objections(const Plan &Planned) {
  std::map<unsigned, Refusal> Result;
  for (unsigned Group = 0; Group < Planned.Migrations.size(); ++Group) {
    if (Planned.Migrations[Group].refused())
      continue;
    if (!Texts)
      Texts = unseenTexts(*S.Linked, S.Of.Root, [&](const std::string &Path) {
        return S.Of.Extracting.ours(Path);
      });
    if (std::optional<Refusal> Why =
            Search(S, *Texts, Ignore).against(Planned, Group))
      Result.emplace(static_cast<unsigned>(Planned.Migrations[Group].Of -
                                           S.Findings.data()),
                     std::move(*Why));
  }
  return Result;
}

Plan planWithin(const Session &S, UnseenCode &Unseen, Lessons &Learnt) {
  while (true) {
    Plan Planned = plan(*S.Linked, S.Findings, S.Of.Fixing, Learnt);
    std::map<unsigned, Refusal> Found = Unseen.objections(Planned);
    if (Found.empty())
      return Planned;
    Learnt.TakenBack.merge(Found);
  }
}

Plan planWithin(const Session &S, bool IgnoreUnseen) {
  UnseenCode Unseen(S, IgnoreUnseen);
  Lessons Learnt;
  return planWithin(S, Unseen, Learnt);
}

} // namespace unsingleton
