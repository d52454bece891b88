//===- Checkstyle.cpp - Findings as Checkstyle writes them ------*- C++ -*-===//
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
  return Level == Severity::High     ? "error"
         : Level == Severity::Medium ? "warning"
                                     : "info";
}

void reportCheckstyle(const ReportInput &Input, raw_ostream &OS) {
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
     << "<checkstyle version=\"4.3\">\n";
  // Findings are sorted by place, and so by file.
  FileIndex Open = NoFile;
  auto Close = [&] {
    if (Open != NoFile)
      OS << "  </file>\n";
  };
  for (const Finding *F : Input.Shown) {
    const Span &Where = F->place();
    if (Where.File != Open) {
      Close();
      Open = Where.File;
      OS << "  <file name=\""
         << xml(Input.Of.shown(Input.Linked.file(Open).Path)) << "\">\n";
    }
    OS << "    <error line=\"" << Where.Line << "\" column=\"" << Where.Column
       << "\" severity=\"" << severity(F->Level) << "\" message=\""
       << xml(printable(F->Message)) << "\" source=\"" << xml(F->Rule)
       << "\"/>\n";
  }
  Close();
  for (const Gap &Missing : gapsOf(Input))
    OS << "  <file name=\"" << xml(Missing.Subject)
       << "\">\n    <error line=\"1\" severity=\"error\" message=\""
       << xml(printable("not analysed: " + Missing.Why))
       << "\" source=\"unsingleton\"/>\n  </file>\n";
  OS << "</checkstyle>\n";
}

} // namespace unsingleton
