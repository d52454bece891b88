//===- FileBefore.cpp - A file as it was ------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/FileBefore.h"

using namespace llvm;

namespace unsingleton {

FileBefore::FileBefore(Reader Read) : Mine(std::make_shared<Contents>()) {
  Mine->Read = std::move(Read);
}

const std::string *FileBefore::text() const {
  if (!Mine)
    return nullptr;
  std::call_once(Mine->Once, [&] {
    Mine->Text = Mine->Read();
    Mine->Failed = !Mine->Text;
  });
  return Mine->Text ? &*Mine->Text : nullptr;
}

bool FileBefore::failed() const { return Mine && Mine->Failed; }

} // namespace unsingleton
