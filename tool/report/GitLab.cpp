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

void reportGitLab(const ReportInput &Input, raw_ostream &OS) {
  std::vector<std::string> Fingerprints = distinctFingerprints(Input);
  json::OStream J(OS, /*IndentSize=*/2);
  J.array([&] {
    for (size_t I = 0; I < Input.Shown.size(); ++I) {
      const Finding &F = *Input.Shown[I];
      const Span &Where = F.place();
      J.object([&] {
        J.attribute("description", printable(F.Message));
        J.attribute("check_name", F.Rule);
        J.attribute("fingerprint", Fingerprints[I]);
        J.attribute("severity", severity(F.Level));
        J.attributeObject("location", [&] {
          J.attribute("path",
                      utf8(Input.Of.shown(Input.Linked.file(Where.File).Path)));
          J.attributeObject("lines", [&] {
            J.attribute("begin", static_cast<int64_t>(Where.Line));
          });
        });
      });
    }
  });
  OS << "\n";
}

} // namespace unsingleton
