//===- Json.cpp - Findings for a program to read ------------------*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape is a contract (docs/design.md): fields may be added, not renamed.
//
//===----------------------------------------------------------------------===//
#include "tool/Config.h"
#include "tool/report/Formats.h"
#include "tool/report/Printable.h"
#include "tool/report/Statistics.h"
#include "tool/since/Since.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace unsingleton {

json::Object placeJson(const ReportInput &Input, const Span &Where) {
  json::Object O;
  if (!Where.valid())
    return O;
  O["file"] = utf8(Input.Of.shown(Input.Linked.file(Where.File).Path));
  O["line"] = static_cast<int64_t>(Where.Line);
  O["column"] = static_cast<int64_t>(Where.Column);
  return O;
}

static StringRef kindOf(StorageKind Kind) {
  return Kind == StorageKind::FunctionLocal ? "function-local"
         : Kind == StorageKind::ClassStatic ? "class-static"
         : Kind == StorageKind::Library     ? "library"
                                            : "namespace-scope";
}

json::Object toJson(const ReportInput &Input, const Refusal &R) {
  json::Object O = placeJson(Input, R.Where);
  O["code"] = codeOf(R);
  O["function"] = R.Name;
  O["message"] = messageOf(R);
  if (R.Also.valid())
    O["also"] = placeJson(Input, R.Also);
  return O;
}

static json::Object fix(const ReportInput &Input, const Finding &F) {
  json::Object O;
  const Migration *Found = plannedFor(Input, F);
  json::Array Refusals;
  if (Found)
    for (const Refusal &R : Found->Refusals)
      Refusals.push_back(toJson(Input, R));
  O["applicability"] = Found ? Found->applicability() : "manual";
  O["refusals"] = std::move(Refusals);
  return O;
}

static json::Value accessor(const ReportInput &Input, const Finding &F) {
  if (F.Accessor == NoSymbol)
    return nullptr;
  json::Object O = placeJson(Input, F.AccessorPlace);
  O["name"] = Input.Linked.name(F.Accessor);
  return O;
}

static json::Value storage(const ReportInput &Input, const Finding &F) {
  const auto *Fact = Input.Linked.one<StorageFact>(F.Storage);
  if (F.Storage == NoSymbol || !Fact)
    return nullptr;
  json::Object O = placeJson(Input, F.StoragePlace);
  O["name"] = Fact->QualifiedName;
  O["kind"] = kindOf(Fact->Kind);
  return O;
}

json::Array pathJson(const ReportInput &Input,
                     const std::vector<PathStep> &Steps) {
  json::Array Path;
  for (const PathStep &Step : Steps) {
    json::Object S = placeJson(Input, Step.Where);
    S["function"] = Input.Linked.name(Step.Function);
    S["what"] = Step.What;
    if (!Step.Why.empty())
      S["why"] = Step.Why;
    Path.push_back(std::move(S));
  }
  return Path;
}

static json::Object toJson(const ReportInput &Input, const Finding &F) {
  json::Object O;
  O["rule"] = F.Rule;
  O["fingerprint"] = F.Fingerprint;
  O["severity"] = toString(F.Level);
  O["verdict"] = F.What == Verdict::None ? json::Value(nullptr)
                                         : json::Value(toString(F.What));
  O["idiom"] = F.Idiom;
  O["type"] = F.Type;
  O["place"] = placeJson(Input, F.place());
  O["accessor"] = accessor(Input, F);
  O["storage"] = storage(Input, F);
  O["consumers"] = static_cast<int64_t>(F.Consumers.size());
  O["path"] = pathJson(Input, F.Path);
  json::Array UserData;
  for (const UserDatum &Datum : F.UserData) {
    json::Object D = placeJson(Input, Datum.Where);
    D["name"] = Datum.Name;
    D["word"] = Datum.Word;
    D["written"] = Datum.Written;
    UserData.push_back(std::move(D));
  }
  O["user_data"] = std::move(UserData);
  json::Array Notes;
  for (const Evidence &Note : F.Notes) {
    json::Object N = placeJson(Input, Note.Where);
    N["message"] = Note.Text;
    Notes.push_back(std::move(N));
  }
  O["notes"] = std::move(Notes);
  O["fix"] = fix(Input, F);
  O["message"] = F.Message;
  const Change *Since = changeOf(Input, F);
  if (Since)
    O["change"] = json::Object{{"kind", Since->Worse ? "worse" : "new"},
                               {"text", Since->Text}};
  if (!F.New.empty() || Since)
    O["new"] = F.New.empty() ? Since->New : F.New;
  return O;
}

static json::Object toJson(const BaselineOutcome &Accepted) {
  json::Array Stale, Problems;
  for (const BaselineOutcome::Stale &E : Accepted.Entries)
    Stale.push_back(json::Object{{"rule", E.Rule},
                                 {"name", E.Name},
                                 {"fingerprint", E.Fingerprint},
                                 {"why", E.Why}});
  for (const std::string &Problem : Accepted.Problems)
    Problems.push_back(utf8(Problem));
  return json::Object{{"known", static_cast<int64_t>(Accepted.Known)},
                      {"stale", std::move(Stale)},
                      {"problems", std::move(Problems)}};
}

json::Object reportJson(const ReportInput &Input) {
  json::Object Units;
  json::Array Failed;
  for (const LinkedUnit &Unit : Input.Linked.units())
    if (!Unit.Errors.empty())
      Failed.push_back(json::Object{
          {"file", utf8(Input.Of.shown(Unit.MainFile))},
          {"error", utf8(Unit.Errors.front().Message)},
          {"line", static_cast<int64_t>(Unit.Errors.front().Line)}});
  size_t Total = Input.Linked.units().size();
  Units["total"] = static_cast<int64_t>(Total);
  Units["analysed"] = static_cast<int64_t>(Total - Failed.size());
  Units["failed"] = std::move(Failed);
  json::Array Findings;
  for (const Finding *F : Input.Shown)
    Findings.push_back(toJson(Input, *F));
  json::Object Report{{"version", 1},
                      {"tool", "unsingleton " UNSINGLETON_VERSION},
                      {"units", std::move(Units)},
                      {"findings", std::move(Findings)}};
  if (Input.Statistics)
    Report["statistics"] = toJson(count(Input));
  if (Input.Statistics && Input.Run)
    Report["run"] = toJson(*Input.Run);
  if (Input.Since)
    addSince(*Input.Since, Input.Of, Report);
  if (Input.Accepted)
    Report["baseline"] = toJson(*Input.Accepted);
  return Report;
}

void reportJson(const ReportInput &Input, raw_ostream &OS) {
  OS << formatv("{0:2}", json::Value(reportJson(Input))) << "\n";
}

} // namespace unsingleton
