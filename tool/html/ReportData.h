//===- ReportData.h - What the HTML report shows -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The contract between the tool and the page (tool/html/src/data.ts says the
// same in TypeScript). Fields may be added, not renamed; `version` grows when a
// page could misread the data. It is the JSON of `check` (docs/design.md), and
//
//   {"version": 1, "tool": "unsingleton 0.1.0",
//    "project": "server",            the root's own name, never its path
//    "revision": "8e1c…",            of git, or ""
//    "dirty": false,                 uncommitted changes
//    "date": "2026-11-25T09:17:21Z",
//    "units": {"total": 9, "analysed": 9, "verified": 4, "failed": [...]},
//    "findings": [{                  as `check` has them, and
//       "name": "ns::get_x",         what a person calls it
//       "users": [{"name", + place}],     the first of its consumers
//       "writes": [{"text", "function", "escape", + place}],   the first of
//       "write_count": 7,
//       "migration": {...} or null,  as `plan` has it
//       "diff": "--- a/…" or null,   this singleton's part of the fix
//       "diff_note": "…",            why there is none or not all, or ""
//       "shares": [2, 5]}],          findings with which it shares edits
//    "frontiers": [{"code", "function", "message", + place,
//       "bridged": false, "frees": 2, "blocks": [0, 3]}],  findings, by index
//    "sources": {"src/a.cpp": [{"line": 12, "text": ["…"]}]},
//    "history": [...],               as History.h has them, this run last
//    "kept": true,                   whether there is a history
//    "notes": ["…"]}                 what was left out, and other warnings
//
// Findings are sorted: severity, then what the most code uses, then name. A
// place is {"file", "line", "column"}, relative to the root.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_HTML_REPORTDATA_H
#define UNSINGLETON_TOOL_HTML_REPORTDATA_H

#include "tool/FixReport.h"
#include "tool/html/History.h"

namespace unsingleton {

/// How much of everything goes into a report. What does not is said in it.
struct ReportLimits {
  size_t SourceBytes = 4 << 20;
  size_t DiffBytes = 8 << 20;
  size_t OneDiff = 256 << 10;
  size_t Users = 200;
  size_t Writes = 50;
};

/// Sorts as the report shows them.
void sortForReport(const Program &P, std::vector<const Finding *> &Shown);

/// \p Runs: this one last. Nothing is referred to afterwards.
llvm::json::Object reportData(const ReportInput &Input, const FixResult &Fixed,
                              const std::vector<HistoryEntry> &Runs,
                              const ReportLimits &Limits = {});

} // namespace unsingleton

#endif
