//===- Facts.h - What one translation unit says -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary shared by every stage after extract. Each fact is a small
// value that refers to entities by symbol (a USR, see SymbolName.h) and to text
// by Span; linking is the set union of facts.
//
// For that union not to depend on which units were seen, two rules hold:
//  - a fact about a declaration says only what every unit that sees the
//    declaration says alike;
//  - what is learned from a function's body is a fact of its own (CallFact,
//    StatementFact, …), never a field of a declaration's fact, because the
//    body ledger lets only one unit read the body.
//
// Each struct lists its symbols and spans in `references`, from which linking
// renumbers them; a new field of type SymbolIndex, FileIndex or Span must be
// added there.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_FACTS_H
#define UNSINGLETON_CHECKS_FACTS_FACTS_H

#include "checks/facts/vocabulary/Accesses.h"
#include "checks/facts/vocabulary/Calls.h"
#include "checks/facts/vocabulary/Fact.h"
#include "checks/facts/vocabulary/Functions.h"
#include "checks/facts/vocabulary/Records.h"
#include "checks/facts/vocabulary/Storages.h"
#include "checks/facts/vocabulary/Text.h"

#endif
