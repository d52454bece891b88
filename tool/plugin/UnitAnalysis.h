//===- UnitAnalysis.h - One unit, linked and judged for clang-tidy -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_PLUGIN_UNITANALYSIS_H
#define UNSINGLETON_TOOL_PLUGIN_UNITANALYSIS_H

#include "checks/facts/ExtractOptions.h"
#include "checks/rules/Rules.h"
#include "fixits/CheckOptions.h"
#include "fixits/Render.h"
#include "llvm/ADT/StringSet.h"
#include <memory>
#include <optional>

namespace clang {
class ASTContext;
} // namespace clang

namespace unsingleton {

/// What the checks of one module share: the unit is analysed once, whichever
/// of them asks first. clang-tidy runs the checks of a unit on one thread.
class UnitAnalysis {
public:
  /// Forgets the unit.
  void reset() { Linked.reset(); }
  /// \p Enabled: which rules run, the same for all checks of a unit.
  void analyse(clang::ASTContext &Context, const ProjectOptions &Options,
               llvm::function_ref<bool(llvm::StringRef)> Enabled);

  /// Whether \p Problem is said for the first time: the checks read the same
  /// options and see the same fault.
  bool isNews(llvm::StringRef Problem) { return Said.insert(Problem).second; }

  const Program &program() const { return *Linked; }
  const std::vector<Finding> &findings() const { return Found; }
  const std::string &mainFile() const { return MainFile; }

  /// The replacements in the main file that migrate \p F, if nothing outside
  /// this unit can be concerned: all its functions have internal linkage.
  std::optional<std::vector<TextChange>>
  completeFix(const Finding &F, const Policy &How,
              llvm::StringRef MainText) const;

private:
  std::unique_ptr<Program> Linked;
  std::vector<Finding> Found;
  std::string MainFile;
  llvm::StringSet<> Said;
};

} // namespace unsingleton

#endif
