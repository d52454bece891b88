//===- GroupDiff.h - One singleton's part of a fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A fix is planned and verified as a whole. To show what it means for one
// singleton, the edits that its migration wants are rendered alone: those that
// others want as well are shown with each of them. Of the headers that a file
// is given, all are shown.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_HTML_GROUPDIFF_H
#define UNSINGLETON_TOOL_HTML_GROUPDIFF_H

#include "tool/FixReport.h"

namespace unsingleton {

class GroupDiffs {
public:
  /// Both outlive this.
  GroupDiffs(const ReportInput &Input, const FixResult &Fixed);

  /// A unified diff of all files; an error where the part does not stand alone.
  llvm::Expected<std::string> of(unsigned Migration) const;

  /// Other migrations that want some of the same edits, by number.
  std::set<unsigned> sharing(unsigned Migration) const;

private:
  const ReportInput &Input;
  const FixResult &Fixed;
  std::map<std::string, const ChangedFile *> Texts; ///< by path
  std::map<unsigned, std::vector<const Edit *>> Edits;
};

} // namespace unsingleton

#endif
