//===- Sarif.cpp - Findings as SARIF 2.1.0 ----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written for what GitHub's code scanning reads of it: one primary location,
// URIs relative to the repository's root, a fingerprint of the line, the rule's
// help. Limits that GitHub sets are kept by leaving out the findings of the
// lowest severity; how many is said in a notification.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "checks/rules/Rules.h"
#include "tool/Config.h"
#include "tool/report/Formats.h"
#include "tool/report/Printable.h"
#include "tool/report/RuleHelp.h"
#include "tool/report/SourceText.h"
#include "tool/report/Statistics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

namespace {
json::Object text(StringRef Message) {
  return json::Object{{"text", printable(Message)}};
}

StringRef levelOf(Severity S) {
  return S == Severity::High     ? "error"
         : S == Severity::Medium ? "warning"
                                 : "note";
}

class SarifLog {
public:
  SarifLog(const ReportInput &Input, const SarifLimits &Limits,
           StringRef Homepage)
      : Input(Input), Limits(Limits), Homepage(Homepage),
        Sources(Input.Linked) {}

  void write(raw_ostream &OS) {
    makeResults();
    size_t Count = std::min(Results.size(), Limits.Results);
    std::string Log = log(Count);
    // The size grows with the number of results: the most that fit.
    if (!fits(Log)) {
      size_t Low = 0, High = Count; // Low fits or is nothing, High does not
      while (High - Low > 1) {
        size_t Middle = Low + (High - Low) / 2;
        (fits(log(Middle)) ? Low : High) = Middle;
      }
      Log = log(Low);
    }
    OS << Log;
  }

private:
  json::Object artifact(StringRef RealPath) {
    std::string Shown = Input.Of.shown(RealPath);
    if (StringRef(Shown).starts_with("/"))
      return json::Object{{"uri", "file://" + uri(Shown)}};
    return json::Object{{"uri", uri(Shown)}, {"uriBaseId", "%SRCROOT%"}};
  }

  json::Object physical(const Span &Where) {
    json::Object Region{{"startLine", static_cast<int64_t>(Where.Line)}};
    if (std::optional<SourceText::Columns> At = Sources.columns(Where)) {
      Region["startColumn"] = static_cast<int64_t>(At->Begin);
      if (At->End > At->Begin)
        Region["endColumn"] = static_cast<int64_t>(At->End);
    }
    return json::Object{
        {"artifactLocation", artifact(Input.Linked.file(Where.File).Path)},
        {"region", std::move(Region)}};
  }

  json::Object location(const Span &Where, StringRef Message) {
    json::Object O{{"message", text(Message)}};
    if (Where.valid())
      O["physicalLocation"] = physical(Where);
    return O;
  }

  json::Array related(const Finding &F) {
    json::Array Result;
    auto Add = [&](const Span &Where, const Twine &Message) {
      if (!Where.valid() || Result.size() >= Limits.Places)
        return;
      json::Object O = location(Where, Message.str());
      O["id"] = static_cast<int64_t>(Result.size() + 1);
      Result.push_back(std::move(O));
    };
    if (F.Accessor != NoSymbol)
      Add(F.AccessorPlace,
          "the accessor '" + Input.Linked.name(F.Accessor) + "'");
    if (F.Storage != NoSymbol)
      Add(F.StoragePlace, "the storage '" + Input.Linked.name(F.Storage) + "'");
    for (const Evidence &Note : F.Notes)
      Add(Note.Where, Note.Text);
    return Result;
  }

  json::Array codeFlows(const Finding &F) {
    json::Array Steps;
    for (const PathStep &Step : F.Path)
      Steps.push_back(
          json::Object{{"location", location(Step.Where, textOf(Step))},
                       {"kinds", json::Array{Step.What}}});
    return json::Array{json::Object{
        {"threadFlows",
         json::Array{json::Object{{"locations", std::move(Steps)}}}}}};
  }

  json::Object result(const Finding &F, StringRef Fingerprint,
                      int64_t RuleIndex) {
    json::Object Location{{"physicalLocation", physical(F.place())}};
    if (F.entity() != NoSymbol)
      Location["logicalLocations"] = json::Array{json::Object{
          {"fullyQualifiedName", printable(Input.Linked.name(F.entity()))}}};
    json::Object Prints{{"unsingletonFingerprint/v1", Fingerprint.str()}};
    if (std::string Hash = Sources.lineHash(F.place()); !Hash.empty())
      Prints["primaryLocationLineHash"] = Hash;
    json::Object Properties{
        {"severity", toString(F.Level)},
        {"consumers", static_cast<int64_t>(F.Consumers.size())}};
    if (F.What != Verdict::None)
      Properties["verdict"] = toString(F.What);
    json::Object O{{"ruleId", F.Rule},
                   {"ruleIndex", RuleIndex},
                   {"level", levelOf(F.Level)},
                   {"message", text(F.Message)},
                   {"locations", json::Array{std::move(Location)}},
                   {"relatedLocations", related(F)},
                   {"partialFingerprints", std::move(Prints)},
                   {"properties", std::move(Properties)}};
    if (!F.Path.empty())
      O["codeFlows"] = codeFlows(F);
    if (const Change *Since = changeOf(Input, F)) {
      O["baselineState"] = Since->Worse ? "updated" : "new";
      if (Since->Worse)
        O["message"] = text(F.Message + " (" + Since->Text + ")");
    }
    return O;
  }

  void makeResults() {
    std::vector<std::string> Fingerprints = distinctFingerprints(Input);
    std::map<StringRef, int64_t> Rules;
    for (const Rule &R : allRules())
      Rules.emplace(R.Name, static_cast<int64_t>(Rules.size()));
    for (size_t I : gravestFirst(Input))
      Results.push_back(result(*Input.Shown[I], Fingerprints[I],
                               Rules.at(Input.Shown[I]->Rule)));
  }

  json::Object rule(const Rule &R) {
    StringRef Page = ruleHelp(R.Name);
    // The first paragraph; it may lead to an example.
    std::string Description = Page.split("\n\n").first.str();
    std::replace(Description.begin(), Description.end(), '\n', ' ');
    if (StringRef(Description).ends_with(":"))
      Description.back() = '.';
    json::Object O{
        {"id", R.Name},
        {"shortDescription", json::Object{{"text", R.Summary}}},
        {"fullDescription", json::Object{{"text", Description}}},
        {"help", json::Object{{"text", Page}, {"markdown", Page}}},
        {"defaultConfiguration", json::Object{{"level", "warning"}}},
        {"properties", json::Object{{"tags", json::Array{"isolation"}}}}};
    if (!Homepage.empty())
      O["helpUri"] = (Homepage + "/docs/checks/" + R.Name + ".md").str();
    return O;
  }

  json::Object driver() {
    json::Array Rules;
    for (const Rule &R : allRules())
      Rules.push_back(rule(R));
    json::Object O{{"name", "unsingleton"},
                   {"version", UNSINGLETON_VERSION},
                   {"semanticVersion", UNSINGLETON_VERSION},
                   {"rules", std::move(Rules)}};
    if (!Homepage.empty())
      O["informationUri"] = Homepage;
    return O;
  }

  json::Object invocation(size_t LeftOut) {
    json::Array Notifications;
    std::vector<Gap> Gaps = gapsOf(Input);
    for (const Gap &Missing : Gaps) {
      json::Object Physical{{"artifactLocation", artifact(Missing.File)}};
      if (Missing.Line)
        Physical["region"] =
            json::Object{{"startLine", static_cast<int64_t>(Missing.Line)}};
      Notifications.push_back(json::Object{
          {"level", "error"},
          {"message", text(Missing.Sentence)},
          {"locations", json::Array{json::Object{
                            {"physicalLocation", std::move(Physical)}}}}});
    }
    if (LeftOut)
      Notifications.push_back(json::Object{
          {"level", "warning"},
          {"message",
           text(counted(LeftOut, "finding") + " of " +
                std::to_string(Results.size()) +
                " left out, those of the lowest severity: readers of SARIF "
                "take no more")}});
    return json::Object{
        {"executionSuccessful", Gaps.empty()},
        {"toolExecutionNotifications", std::move(Notifications)}};
  }

  std::string log(size_t Count) {
    std::string Text;
    raw_string_ostream OS(Text);
    json::OStream J(OS, /*IndentSize=*/1);
    J.object([&] {
      J.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(J, Count); }); });
    });
    OS << "\n";
    return Text;
  }

  void run(json::OStream &J, size_t Count) {
    J.attributeObject("tool", [&] { J.attribute("driver", driver()); });
    J.attributeArray("invocations",
                     [&] { J.value(invocation(Results.size() - Count)); });
    J.attributeObject("originalUriBaseIds", [&] {
      J.attributeObject("%SRCROOT%", [&] {
        J.attribute("description", text("the root of the repository"));
      });
    });
    J.attribute("columnKind", "utf16CodeUnits");
    if (Input.Statistics)
      J.attributeObject("properties", [&] {
        J.attribute("statistics", toJson(count(Input)));
      });
    J.attributeArray("results", [&] {
      for (size_t I = 0; I < Count; ++I)
        J.value(Results[I]);
    });
  }

  bool fits(StringRef Log) const {
    if (Log.size() <= Limits.Bytes)
      return true;
    if (!compression::zlib::isAvailable())
      return false;
    SmallVector<uint8_t, 0> Compressed;
    compression::zlib::compress(arrayRefFromStringRef(Log), Compressed);
    return Compressed.size() <= Limits.Bytes;
  }

  const ReportInput &Input;
  const SarifLimits &Limits;
  StringRef Homepage;
  SourceText Sources;
  std::vector<json::Value> Results; ///< the gravest first
};
} // namespace

void reportSarif(const ReportInput &Input, const SarifLimits &Limits,
                 StringRef Homepage, raw_ostream &OS) {
  SarifLog(Input, Limits, Homepage).write(OS);
}

void reportSarif(const ReportInput &Input, raw_ostream &OS) {
  reportSarif(Input, SarifLimits(), UNSINGLETON_HOMEPAGE, OS);
}

} // namespace unsingleton
