//===- FileRenderer.h - The edits of one file -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Puts the edits of one file into order, widens those that take whole lines or
// stand behind a declaration, and renders their pieces as text.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_FILERENDERER_H
#define UNSINGLETON_FIXITS_FILERENDERER_H

#include "fixits/Edit.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <utility>
#include <vector>

namespace unsingleton {

/// Refers to the text, the edits and the function that it is given.
class FileRenderer {
public:
  /// \p CopyOf: the text of a span of any file, as edited. \p LeansRight: what
  /// is inserted declares references as `T &x`.
  FileRenderer(llvm::StringRef Text, std::vector<const Edit *> Edits,
               llvm::function_ref<std::string(Span)> CopyOf,
               bool LeansRight = false);

  /// The top-level replacements, sorted: edits inside others are left to
  /// copies. What overlaps without one copying the other goes to \p Conflicts.
  std::vector<std::pair<Span, std::string>>
  replacements(std::vector<std::pair<const Edit *, const Edit *>> &Conflicts);

private:
  void closeGaps(std::vector<std::pair<Span, const Edit *>> &Spans) const;
  uint32_t inList(uint32_t Offset, llvm::StringRef New) const;
  Span behind(Span Target) const;
  std::string render(const Edit &E);
  std::string bodyBreak(size_t Offset) const;
  std::string indentation(size_t Offset) const;

  llvm::StringRef Text;
  std::vector<const Edit *> Edits;
  llvm::function_ref<std::string(Span)> CopyOf;
  bool LeansRight;
  std::string LineEnd;
};

/// What keeps the backslashes at the ends of a macro's lines in their column
/// when \p Replacements are made: spaces before them that go or come.
std::vector<std::pair<Span, std::string>>
backslashPadding(llvm::StringRef Text,
                 llvm::ArrayRef<std::pair<Span, std::string>> Replacements);

} // namespace unsingleton

#endif
