//===- ReadText.cpp - Which text a unit's preprocessor lets through -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ReadText.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;
using namespace unsingleton;

class ReadText::Watcher : public PPCallbacks {
public:
  Watcher(const SourceManager &SM, std::shared_ptr<Inclusions> Seen)
      : SM(SM), Seen(std::move(Seen)) {}

  void FileChanged(SourceLocation Where, FileChangeReason Reason,
                   SrcMgr::CharacteristicKind, FileID) override {
    if (Reason == EnterFile)
      Seen->Entered.push_back(SM.getFileID(Where));
  }

  /// From the '#' of the directive that begins a branch to the name of the one
  /// that ends it.
  void SourceRangeSkipped(SourceRange Range, SourceLocation) override {
    auto [File, Begin] = SM.getDecomposedLoc(Range.getBegin());
    auto [Other, End] = SM.getDecomposedLoc(Range.getEnd());
    if (File == Other && Begin < End)
      Seen->Skipped[File].push_back({Begin, End});
  }

private:
  const SourceManager &SM;
  std::shared_ptr<Inclusions> Seen;
};

ReadText::ReadText(Preprocessor &PP) : Seen(std::make_shared<Inclusions>()) {
  PP.addPPCallbacks(std::make_unique<Watcher>(PP.getSourceManager(), Seen));
}

void ReadText::add(SourceSpans &Spans, UnitFactsBuilder &Facts) const {
  for (FileID Id : Seen->Entered) {
    if (!Spans.user(Spans.SM.getLocForStartOfFile(Id)))
      continue;
    FileIndex File = Spans.file(Id);
    if (File == NoFile || !Facts.Out.Files[File].Ours)
      continue;
    unsigned Begin = 0;
    auto Read = [&](unsigned End) {
      if (Begin < End)
        Facts.add(ReadTextFact{{File, Begin, End - Begin}});
    };
    if (auto Gaps = Seen->Skipped.find(Id); Gaps != Seen->Skipped.end())
      for (auto [Gap, After] : Gaps->second) {
        Read(Gap);
        Begin = std::max(Begin, After);
      }
    Read(Facts.Out.Files[File].Size);
  }
}
