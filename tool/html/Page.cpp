//===- Page.cpp - The page that shows a report -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/Page.h"
#include "llvm/Support/raw_ostream.h"
#include <cassert>

using namespace llvm;

namespace unsingleton {

/// template.html.
static constexpr unsigned char Template[] = {
#include "tool/html/Template.inc"
};

std::string scriptJson(json::Value Value) {
  std::string Plain;
  raw_string_ostream(Plain) << Value;
  std::string Result;
  Result.reserve(Plain.size() + Plain.size() / 16);
  for (size_t I = 0; I < Plain.size(); ++I) {
    StringRef Rest = StringRef(Plain).substr(I);
    if (Rest.front() == '<')
      Result += "\\u003c";
    else if (Rest.front() == '>')
      Result += "\\u003e";
    else if (Rest.front() == '&')
      Result += "\\u0026";
    else if (Rest.starts_with("\u2028") || Rest.starts_with("\u2029")) {
      Result += Rest.starts_with("\u2028") ? "\\u2028" : "\\u2029";
      I += 2;
    } else
      Result += Rest.front();
  }
  return Result;
}

std::string pageWith(json::Value Data) {
  StringRef Whole(reinterpret_cast<const char *>(Template), sizeof Template);
  auto [Head, Tail] = Whole.split("@@UNSINGLETON_DATA@@");
  assert(!Tail.empty() && "the template has a place for the data");
  return (Head + scriptJson(std::move(Data)) + Tail).str();
}

} // namespace unsingleton
