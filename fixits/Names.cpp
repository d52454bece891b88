//===- Names.cpp - What migrated functions and slots are called -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Names.h"
#include "llvm/ADT/StringExtras.h"

using namespace unsingleton;

static std::string decapitalised(llvm::StringRef Text) {
  std::string Result = Text.str();
  if (!Result.empty())
    Result[0] = llvm::toLower(Result[0]);
  return Result;
}

static std::string capitalised(llvm::StringRef Text) {
  std::string Result = Text.str();
  if (!Result.empty())
    Result[0] = llvm::toUpper(Result[0]);
  return Result;
}

/// `instance`, `getInstance`, `get_singleton` …: names that say nothing but
/// that there is one.
static bool saysOnlyOne(llvm::StringRef Name) {
  std::string Bare;
  for (char C : Name)
    if (C != '_')
      Bare += llvm::toLower(C);
  llvm::StringRef Text = Bare;
  Text.consume_front("get");
  Text.consume_back("ptr");
  return Text.empty() || Text == "instance" || Text == "singleton" ||
         Text == "the" || Text == "shared" || Text == "inst" ||
         Text == "sharedinstance" || Text == "self" || Text == "ref";
}

bool unsingleton::isGetter(llvm::StringRef Accessor) {
  return saysOnlyOne(Accessor) || Accessor.starts_with("get_") ||
         ((Accessor.starts_with("get") || Accessor.starts_with("Get")) &&
          Accessor.size() > 3 &&
          (llvm::isUpper(Accessor[3]) || Accessor[3] == '_'));
}

std::string unsingleton::factoryName(llvm::StringRef Accessor, bool Member) {
  bool Capital = !Accessor.empty() && llvm::isUpper(Accessor.front());
  if (Member && saysOnlyOne(Accessor))
    return Capital ? "Create" : "create";
  llvm::StringRef Rest = Accessor;
  if (Rest.consume_front("get_"))
    return ("create_" + Rest).str();
  if (Rest.starts_with("get") && Rest.size() > 3 && llvm::isUpper(Rest[3]))
    return ("create" + Rest.drop_front(3)).str();
  if (Rest.starts_with("Get") && Rest.size() > 3 &&
      (llvm::isUpper(Rest[3]) || Rest[3] == '_'))
    return ("Create" + Rest.drop_front(3)).str();
  if (Capital)
    return ("Create" + Rest).str();
  bool Camel = llvm::any_of(Accessor, llvm::isUpper);
  return Camel ? "create" + capitalised(Accessor) : "create_" + Accessor.str();
}

std::string unsingleton::longerFactoryName(llvm::StringRef Accessor) {
  return factoryName(Accessor == "get" ? "instance" : Accessor,
                     /*Member=*/false);
}

llvm::StringRef unsingleton::bareName(llvm::StringRef Storage) {
  llvm::StringRef Bare = Storage;
  for (llvm::StringRef Prefix : {"m_", "s_", "g_", "_"})
    if (Bare.consume_front(Prefix))
      break;
  while (Bare.consume_back("_"))
    ;
  return Bare.empty() ? Storage : Bare;
}

std::string unsingleton::slotName(llvm::StringRef Factory,
                                  llvm::StringRef Storage, bool Local,
                                  bool Member) {
  if (Local)
    return "slot";
  if (Member) {
    // What says more than that there is one may stand beside others.
    std::string Name = Factory == "create" || Factory == "Create"
                           ? "slot"
                           : slotName(Factory, Storage, false, false);
    return Storage.ends_with("_")      ? Name + "_"
           : Storage.starts_with("m_") ? "m_" + Name
           : Storage.starts_with("s_") ? "s_" + Name
           : Storage.starts_with("_")  ? "_" + Name
                                       : Name;
  }
  llvm::StringRef Thing = Factory;
  bool Snake = Thing.consume_front("create_");
  if (!Snake && !Thing.consume_front("create"))
    Thing.consume_front("Create");
  if (Thing.empty())
    return "slot";
  return Snake ? (Thing + "_slot").str() : decapitalised(Thing) + "Slot";
}
