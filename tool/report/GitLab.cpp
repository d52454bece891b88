//===- GitLab.cpp - Findings for GitLab's Code Quality ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/Formats.h"
#include "tool/report/Printable.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static StringRef severity(Severity Level) {
  return Level == Severity::High     ? "critical"
         : Level == Severity::Medium ? "major"
                                     : "minor";
}

static void issue(json::OStream &J, StringRef Text, StringRef Rule,
                  StringRef Fingerprint, StringRef Level, StringRef Path,
                  uint32_t Line) {
  J.object([&] {
    J.attribute("description", printable(Text));
    J.attribute("check_name", Rule);
    J.attribute("fingerprint", Fingerprint);
    J.attribute("severity", Level);
    J.attributeObject("location", [&] {
      J.attribute("path", utf8(Path));
      J.attributeObject(
          "lines", [&] { J.attribute("begin", static_cast<int64_t>(Line)); });
    });
  });
}

void reportGitLab(const ReportInput &Input, raw_ostream &OS) {
  std::vector<std::string> Fingerprints = distinctFingerprints(Input);
  json::OStream J(OS, /*IndentSize=*/2);
  J.array([&] {
    for (size_t I = 0; I < Input.Shown.size(); ++I) {
      const Finding &F = *Input.Shown[I];
      issue(J, F.Message, F.Rule, Fingerprints[I], severity(F.Level),
            Input.Of.shown(Input.Linked.file(F.place().File).Path),
            F.place().Line);
    }
    // There is no other place in the format for what is missing.
    for (const Gap &Missing : gapsOf(Input))
      issue(J, Missing.Sentence, "not-analysed",
            "not-analysed " + utf8(Missing.Subject), "blocker",
            Input.Of.shown(Missing.File), std::max<uint32_t>(Missing.Line, 1));
  });
  OS << "\n";
}

} // namespace unsingleton
