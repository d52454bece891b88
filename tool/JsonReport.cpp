//===- JsonReport.cpp - Findings for a program to read -*- C++ -*-===//
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
#include "tool/Report.h"

using namespace llvm;

namespace unsingleton {

static json::Object place(const ReportInput &Input, const Span &Where) {
  json::Object O;
  if (!Where.valid())
    return O;
  O["file"] = Input.Of.shown(Input.Linked.file(Where.File).Path);
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
  json::Object O = place(Input, R.Where);
  O["code"] = codeOf(R);
  O["function"] = R.Name;
  O["message"] = messageOf(R);
  return O;
}

static json::Object fix(const ReportInput &Input, const Finding &F) {
  json::Object O;
  const Migration *Found = nullptr;
  if (Input.Planned)
    for (const Migration &M : Input.Planned->Migrations)
      if (M.Of == &F)
        Found = &M;
  json::Array Refusals;
  if (Found)
    for (const Refusal &R : Found->Refusals)
      Refusals.push_back(toJson(Input, R));
  O["applicability"] = Found && !Found->refused() ? "safe" : "manual";
  O["refusals"] = std::move(Refusals);
  return O;
}

static json::Value accessor(const ReportInput &Input, const Finding &F) {
  if (F.Accessor == NoSymbol)
    return nullptr;
  json::Object O = place(Input, F.AccessorPlace);
  O["name"] = Input.Linked.name(F.Accessor);
  return O;
}

static json::Value storage(const ReportInput &Input, const Finding &F) {
  const auto *Fact = Input.Linked.one<StorageFact>(F.Storage);
  if (F.Storage == NoSymbol || !Fact)
    return nullptr;
  json::Object O = place(Input, F.StoragePlace);
  O["name"] = Fact->QualifiedName;
  O["kind"] = kindOf(Fact->Kind);
  return O;
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
  O["place"] = place(Input, F.place());
  O["accessor"] = accessor(Input, F);
  O["storage"] = storage(Input, F);
  O["consumers"] = static_cast<int64_t>(F.Consumers.size());
  json::Array Path;
  for (const PathStep &Step : F.Path) {
    json::Object S = place(Input, Step.Where);
    S["function"] = Input.Linked.name(Step.Function);
    S["what"] = Step.What;
    Path.push_back(std::move(S));
  }
  O["path"] = std::move(Path);
  json::Array Notes;
  for (const Evidence &Note : F.Notes) {
    json::Object N = place(Input, Note.Where);
    N["message"] = Note.Text;
    Notes.push_back(std::move(N));
  }
  O["notes"] = std::move(Notes);
  O["fix"] = fix(Input, F);
  O["message"] = F.Message;
  return O;
}

json::Object reportJson(const ReportInput &Input) {
  json::Object Units;
  json::Array Failed;
  for (const LinkedUnit &Unit : Input.Linked.units())
    if (!Unit.Errors.empty())
      Failed.push_back(json::Object{
          {"file", Input.Of.shown(Unit.MainFile)},
          {"error", Unit.Errors.front().Message},
          {"line", static_cast<int64_t>(Unit.Errors.front().Line)}});
  size_t Total = Input.Linked.units().size();
  Units["total"] = static_cast<int64_t>(Total);
  Units["analysed"] = static_cast<int64_t>(Total - Failed.size());
  Units["failed"] = std::move(Failed);
  json::Array Findings;
  for (const Finding *F : Input.Shown)
    Findings.push_back(toJson(Input, *F));
  return json::Object{{"version", 1},
                      {"tool", "unsingleton " UNSINGLETON_VERSION},
                      {"units", std::move(Units)},
                      {"findings", std::move(Findings)}};
}

} // namespace unsingleton
