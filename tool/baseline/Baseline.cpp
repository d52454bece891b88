//===- Baseline.cpp - Findings that a project has accepted ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/baseline/Baseline.h"
#include "tool/DurableFile.h"
#include "tool/Project.h"
#include "tool/report/Printable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

BaselineEntry entryOf(const Program &P, const Finding &F) {
  BaselineEntry E;
  E.Rule = F.Rule;
  // A finding about text has no entity; its message says which text.
  E.Name = F.entity() == NoSymbol ? F.Message : P.name(F.entity());
  E.Fingerprint = F.Fingerprint;
  E.Consumers = F.Consumers.size();
  E.What = F.What;
  E.Level = F.Level;
  return E;
}

std::string toText(const Baseline &B) {
  std::string Text;
  raw_string_ostream OS(Text);
  auto Quoted = [](StringRef S) { return json::Value(utf8(S)); };
  auto List = [&](StringRef Open, StringRef Close, auto &&Rows, auto &&Row) {
    OS << Open;
    StringRef Before = "\n  ";
    for (const auto &R : Rows) {
      OS << Before;
      Row(R);
      Before = ",\n  ";
    }
    OS << (Rows.empty() ? "" : "\n ") << Close;
  };
  OS << "{\n \"version\": 1,\n \"tool\": " << Quoted(B.Tool)
     << ",\n \"configuration\": " << Quoted(B.Of.Digest)
     << ",\n \"all\": " << (B.Of.All ? "true" : "false") << ",\n \"rules\": ";
  List("[", "]", B.Of.Rules, [&](StringRef Rule) { OS << Quoted(Rule); });
  OS << ",\n \"options\": ";
  List("{", "}", B.Of.Options, [&](const auto &Option) {
    OS << Quoted(Option.first) << ": " << Quoted(Option.second);
  });
  OS << ",\n \"findings\": ";
  List("[", "]", B.Entries, [&](const BaselineEntry &E) {
    OS << "{\"rule\": " << Quoted(E.Rule) << ", \"name\": " << Quoted(E.Name)
       << ", \"fingerprint\": " << Quoted(E.Fingerprint)
       << ", \"consumers\": " << E.Consumers << ", \"verdict\": "
       << (E.What == Verdict::None
               ? "null"
               : formatv("{0}", Quoted(toString(E.What))).str())
       << ", \"severity\": " << Quoted(toString(E.Level)) << "}";
  });
  OS << "\n}\n";
  return Text;
}

namespace {
/// LLVM's parser calls itself for each level, and a hostile file may have as
/// many as it has bytes.
bool tooDeep(StringRef Text) {
  constexpr unsigned Most = 16; // ours have four
  unsigned Depth = 0;
  bool InString = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    char C = Text[I];
    if (InString) {
      I += C == '\\';
      InString = C != '"';
    } else if (C == '"') {
      InString = true;
    } else if (C == '[' || C == '{') {
      if (++Depth > Most)
        return true;
    } else if ((C == ']' || C == '}') && Depth) {
      --Depth;
    }
  }
  return false;
}

template <class Enum>
bool named(StringRef Name, std::initializer_list<Enum> All, Enum &To) {
  for (Enum E : All)
    if (toString(E) == Name) {
      To = E;
      return true;
    }
  return false;
}

bool readVerdict(const json::Value *V, Verdict &To) {
  if (!V)
    return false;
  if (V->getAsNull()) {
    To = Verdict::None;
    return true;
  }
  return named(V->getAsString().value_or("?"),
               {Verdict::SharedMutable, Verdict::ProcessResource,
                Verdict::ConstAfterInit, Verdict::Stateless,
                Verdict::ProcessWide, Verdict::PerContext},
               To);
}

Expected<BaselineEntry> readEntry(const json::Value &V, size_t Number) {
  auto Bad = [&](StringRef Field, StringRef Wanted) {
    return wrong("finding " + Twine(Number) + ": '" + Field + "' must be " +
                 Wanted);
  };
  const json::Object *O = V.getAsObject();
  if (!O)
    return wrong("finding " + Twine(Number) + " is no object");
  BaselineEntry E;
  for (auto [Field, To] : {std::pair("rule", &E.Rule),
                           {"name", &E.Name},
                           {"fingerprint", &E.Fingerprint}}) {
    std::optional<StringRef> Text = O->getString(Field);
    if (!Text)
      return Bad(Field, "a text");
    *To = Text->str();
  }
  if (E.Fingerprint.empty())
    return Bad("fingerprint", "a text that is not empty");
  std::optional<int64_t> Consumers = O->getInteger("consumers");
  if (!Consumers || *Consumers < 0)
    return Bad("consumers", "a number from 0");
  E.Consumers = static_cast<size_t>(*Consumers);
  if (!readVerdict(O->get("verdict"), E.What))
    return Bad("verdict", "the name of a verdict, or null");
  if (!named(O->getString("severity").value_or("?"),
             {Severity::Low, Severity::Medium, Severity::High}, E.Level))
    return Bad("severity", "'low', 'medium' or 'high'");
  return E;
}

Error readConfiguration(const json::Object &O, Configuration &To) {
  std::optional<StringRef> Digest = O.getString("configuration");
  const json::Array *Rules = O.getArray("rules");
  const json::Object *Options = O.getObject("options");
  std::optional<bool> All = O.getBoolean("all");
  if (!Digest || !Rules || !Options || !All)
    return wrong("'configuration', 'all', 'rules' and 'options' must say under "
                 "what the baseline was made");
  To.Digest = Digest->str();
  To.All = *All;
  for (const json::Value &Rule : *Rules) {
    if (!Rule.getAsString())
      return wrong("'rules' must be a list of texts");
    To.Rules.push_back(Rule.getAsString()->str());
  }
  for (const auto &[Key, Value] : *Options) {
    if (!Value.getAsString())
      return wrong("'options' must be texts");
    To.Options[Key.str()] = Value.getAsString()->str();
  }
  return Error::success();
}
} // namespace

Expected<Baseline> parseBaseline(StringRef Text) {
  if (Text.trim().empty())
    return wrong("it is empty");
  if (tooDeep(Text))
    return wrong("it is nested deeper than any baseline");
  Expected<json::Value> Parsed = json::parse(Text);
  if (!Parsed)
    return wrong("it is no JSON, or was cut off: " +
                 inSentence(toString(Parsed.takeError())));
  const json::Object *O = Parsed->getAsObject();
  if (!O || !O->get("findings") || !O->get("version"))
    return wrong("it is JSON, but no baseline of unsingleton");
  if (O->getInteger("version") != 1)
    return wrong("its version is not 1: another unsingleton wrote it; make it "
                 "anew with 'unsingleton baseline'");
  Baseline B;
  std::optional<StringRef> Tool = O->getString("tool");
  if (!Tool)
    return wrong("'tool' must say which version wrote it");
  B.Tool = Tool->str();
  if (Error E = readConfiguration(*O, B.Of))
    return std::move(E);
  const json::Array *Findings = O->getArray("findings");
  if (!Findings)
    return wrong("'findings' must be a list");
  for (const json::Value &V : *Findings) {
    Expected<BaselineEntry> E = readEntry(V, B.Entries.size() + 1);
    if (!E)
      return E.takeError();
    B.Entries.push_back(std::move(*E));
  }
  sort(B.Entries);
  return B;
}

Expected<Baseline> readBaseline(const std::string &Path) {
  constexpr uint64_t Most = 64 << 20; // some 300,000 entries
  auto Bad = [&](const Twine &Why) {
    return wrong("while reading the baseline '" + Path + "': " + Why);
  };
  sys::fs::file_status Status;
  if (std::error_code EC = sys::fs::status(Path, Status))
    return Bad(inSentence(EC.message()) +
               (EC == std::errc::no_such_file_or_directory
                    ? "; make it with 'unsingleton baseline -p BUILD -o FILE'"
                    : ""));
  if (!sys::fs::is_regular_file(Status))
    return Bad("it is no regular file");
  if (Status.getSize() > Most)
    return Bad("it is larger than 64 MiB, which no baseline is");
  Expected<std::string> Text = readBytes(Path);
  if (!Text)
    return Text.takeError();
  Expected<Baseline> B = parseBaseline(*Text);
  return B ? std::move(B) : Bad(toString(B.takeError()));
}

Error writeBaseline(const std::string &Path, const Baseline &B) {
  // Through a link to the file itself; one that is not there yet is made.
  SmallString<256> Real;
  if (sys::fs::real_path(Path, Real)) {
    Real = Path;
    if (std::error_code EC = sys::fs::make_absolute(Real))
      return ioError("finding", Path, EC);
  }
  std::string To = Real.str().str();
  bool There = sys::fs::exists(To);
  std::string New = To + ".unsingleton-new";
  if (Error E = writeBytes(New, toText(B), There ? To : ""))
    return E;
  Error E = replaceFile(New, To);
  if (E)
    sys::fs::remove(New);
  return E;
}

} // namespace unsingleton
