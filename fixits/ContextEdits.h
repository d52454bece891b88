//===- ContextEdits.h - The text that hands a context on -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What threading decided, written down: parameters, arguments, captures, and
// the locals of functions that fetch a context themselves.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_CONTEXTEDITS_H
#define UNSINGLETON_FIXITS_CONTEXTEDITS_H

#include "fixits/EditSet.h"
#include "fixits/Threading.h"

namespace unsingleton {

class ContextEdits {
public:
  /// All outlive it.
  ContextEdits(const Program &P, const Policy &How, EditSet &Out)
      : P(P), How(How), Out(Out) {}

  /// \p Used: by the function's body; else its definition leaves it unnamed.
  void parameter(SymbolIndex Function, unsigned Group, bool Used);
  void argument(const ThreadedCall &Threaded, unsigned Group);
  void argument(const ThreadedMacroCall &Threaded, unsigned Group);
  void captures(const ContextAnswer &Answer, unsigned Group);
  /// A local context where \p Body begins: a test's root, or the thread's.
  void local(Span Body, ContextAnswer::Source From, unsigned Group);
  /// The member \p Name of \p Record, given what its constructors take.
  void member(SymbolIndex Record, const std::string &Name,
              llvm::ArrayRef<SymbolIndex> Constructors, unsigned Group);
  /// What \p Answer needs to be declared in \p File.
  void includes(const ContextAnswer &Answer, FileIndex File);
  /// The line in each main that answers bridged functions where no request is.
  void processContext(unsigned Group);

private:
  void processLocal(Span Body, unsigned Group);
  bool last(SymbolIndex Function) const;
  void listed(SymbolIndex Callee, const Span &Arguments, bool Others,
              std::string Text, unsigned Group);

  const Program &P;
  const Policy &How;
  EditSet &Out;
};

/// Whether some main is ours to give a ProcessContext.
bool hasEditableMain(const Program &P);

} // namespace unsingleton

#endif
