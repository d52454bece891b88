//===- JUnit.cpp - Findings where only tests are shown ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A suite for each rule that is on, where a finding is a failed test and "no
// finding" a passed one; and a suite whose tests are the units, of which those
// that do not parse are errors.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "checks/rules/Rules.h"
#include "tool/report/Formats.h"
#include "tool/report/Printable.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static void suite(raw_ostream &OS, StringRef Name, size_t Tests,
                  size_t Failures, size_t Errors) {
  OS << "  <testsuite name=\"" << xml(Name) << "\" tests=\"" << Tests
     << "\" failures=\"" << Failures << "\" errors=\"" << Errors
     << "\" skipped=\"0\" time=\"0\">\n";
}

static void failure(const ReportInput &Input, const Finding &F,
                    raw_ostream &OS) {
  std::string Place = shownPlace(Input, F.place());
  OS << "    <testcase classname=\"" << xml(F.Rule) << "\" name=\""
     << xml(Place + ": " +
            printable(F.entity() == NoSymbol ? F.Fingerprint
                                             : Input.Linked.name(F.entity())))
     << "\" file=\""
     << xml(Input.Of.shown(Input.Linked.file(F.place().File).Path))
     << "\" line=\"" << F.place().Line
     << "\" time=\"0\">\n      <failure type=\"" << toString(F.Level)
     << "\" message=\"" << xml(printable(F.Message)) << "\">" << xml(Place)
     << "\n";
  for (const Evidence &Note : F.Notes)
    OS << xml(shownPlace(Input, Note.Where)) << ": "
       << xml(printable(Note.Text)) << "\n";
  for (const PathStep &Step : F.Path)
    OS << xml(shownPlace(Input, Step.Where)) << ": "
       << xml(printable(textOf(Step))) << "\n";
  OS << "</failure>\n    </testcase>\n";
}

static void units(const ReportInput &Input, raw_ostream &OS) {
  suite(OS, "units", Input.Linked.units().size(), 0, failedUnits(Input.Linked));
  for (const LinkedUnit &Unit : Input.Linked.units()) {
    OS << "    <testcase classname=\"units\" name=\""
       << xml(printable(Input.Of.shown(Unit.MainFile))) << "\" time=\"0\"";
    if (Unit.Errors.empty()) {
      OS << "/>\n";
      continue;
    }
    OS << ">\n      <error type=\"not-analysed\" message=\""
       << xml(printable(Unit.Errors.front().Message))
       << "\"/>\n    </testcase>\n";
  }
  OS << "  </testsuite>\n";
}

void reportJUnit(const ReportInput &Input, raw_ostream &OS) {
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
     << "<testsuites name=\"unsingleton\">\n";
  for (const Rule &R : allRules()) {
    if (!Input.Of.enabled(R.Name))
      continue;
    auto Mine = [&](const Finding *F) { return F->Rule == R.Name; };
    auto Count = static_cast<size_t>(count_if(Input.Shown, Mine));
    suite(OS, R.Name, std::max<size_t>(Count, 1), Count, 0);
    for (const Finding *F : Input.Shown)
      if (Mine(F))
        failure(Input, *F, OS);
    if (!Count)
      OS << "    <testcase classname=\"" << xml(R.Name)
         << "\" name=\"no finding\" time=\"0\"/>\n";
    OS << "  </testsuite>\n";
  }
  units(Input, OS);
  OS << "</testsuites>\n";
}

} // namespace unsingleton
