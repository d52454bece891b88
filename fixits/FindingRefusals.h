//===- FindingRefusals.h - What a finding has against its fix ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Before any edit is thought of: the program would behave otherwise, or could
// not use the runtime. What the storage and its callers have against it is
// StorageRewrite's and Threading's to say.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_FINDINGREFUSALS_H
#define UNSINGLETON_FIXITS_FINDINGREFUSALS_H

#include "checks/rules/Finding.h"
#include "fixits/Policy.h"
#include "fixits/Refusal.h"
#include <vector>

namespace unsingleton {

std::vector<Refusal> refusalsOf(const Program &P, const Finding &F,
                                const Policy &How);

} // namespace unsingleton

#endif
