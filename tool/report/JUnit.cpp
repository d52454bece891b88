//===- JUnit.cpp - Findings where only tests are shown ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A suite for each rule that is on, where a finding is a failed test and "no
// finding" a passed one; and a suite whose tests are the units, of which those
// that do not parse are errors, as are changes that no unit shows.
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
  std::vector<Gap> Gaps = gapsOf(Input);
  ArrayRef<LinkedUnit> Units = Input.Linked.units();
  size_t Analysed = Units.size() - failedUnits(Input.Linked);
  suite(OS, "units", Analysed + Gaps.size(), 0, Gaps.size());
  auto Case = [&](StringRef Shown) -> raw_ostream & {
    return OS << "    <testcase classname=\"units\" name=\""
              << xml(printable(Shown)) << "\" time=\"0\"";
  };
  for (const LinkedUnit &Unit : Units)
    if (Unit.Errors.empty())
      Case(Input.Of.shown(Unit.MainFile)) << "/>\n";
  for (const Gap &Missing : Gaps)
    Case(Missing.Subject) << ">\n      <error type=\"not-analysed\" message=\""
                          << xml(printable(Missing.Why))
                          << "\"/>\n    </testcase>\n";
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
