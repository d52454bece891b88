//===- CompileArguments.cpp - From a compile command to one that Clang parses
//-*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CompileArguments.h"
#include "checks/facts/Compat.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

namespace unsingleton {

/// Options that are dropped, and whether their value is a word of its own.
static bool dropped(llvm::StringRef Argument, bool &WithValue) {
  WithValue =
      StringSwitch<bool>(Argument)
          .Cases({"-o", "-MF", "-MT", "-MQ", "-MJ", "--serialize-diagnostics"},
                 true)
          .Default(false);
  if (WithValue)
    return true;
  if (Argument == "-c" || Argument == "-S" || Argument == "-E" ||
      Argument == "-M" || Argument == "-MM" || Argument == "-MD" ||
      Argument == "-MMD" || Argument == "-MP" || Argument == "-MG" ||
      Argument == "-pipe" || Argument == "-w" || Argument == "-pg" ||
      Argument.starts_with("-save-temps"))
    return true;
  if (Argument.starts_with("-W") && !Argument.starts_with("-Wp,"))
    return true;
  return Argument.starts_with("-pedantic") || Argument.starts_with("-g") ||
         Argument.starts_with("-fsanitize") ||
         Argument.starts_with("-fprofile") || Argument.starts_with("-flto") ||
         Argument.starts_with("-fplugin") ||
         Argument.starts_with("-fdiagnostics") || Argument == "-fmodules-ts";
}

/// `-Xclang -include-pch -Xclang FILE`: the header itself follows as -include.
static bool isPrecompiled(const std::vector<std::string> &Command, size_t I) {
  return I + 3 < Command.size() && Command[I] == "-Xclang" &&
         Command[I + 1] == "-include-pch" && Command[I + 2] == "-Xclang";
}

/// Removes what Clang's driver does not know: GCC's own flags.
static std::vector<std::string> known(const std::vector<std::string> &Command) {
  std::vector<const char *> Pointers;
  for (size_t I = 1; I < Command.size(); ++I)
    Pointers.push_back(Command[I].c_str());
  unsigned MissingIndex = 0;
  unsigned MissingCount = 0;
  const llvm::opt::OptTable &Table = getDriverOptTable();
  llvm::opt::InputArgList Arguments =
      Table.ParseArgs(Pointers, MissingIndex, MissingCount,
                      llvm::opt::Visibility(options::ClangOption));
  std::vector<bool> Unknown(Pointers.size(), false);
  for (const llvm::opt::Arg *A : Arguments)
    if (A->getOption().matches(options::OPT_UNKNOWN) &&
        A->getIndex() < Unknown.size())
      Unknown[A->getIndex()] = true;
  std::vector<std::string> Result{Command.front()};
  for (size_t I = 0; I < Pointers.size(); ++I)
    if (!Unknown[I])
      Result.push_back(Command[I + 1]);
  return Result;
}

std::vector<std::string>
compileArguments(const std::vector<std::string> &Command,
                 const ParserLocation &Parser) {
  // Whether C or C++ is meant follows from the file and -x, not from the
  // compiler's name; but a C++ driver treats .c and .h files as C++.
  std::vector<std::string> Kept;
  bool CPlusPlus =
      !Command.empty() && llvm::StringRef(Command.front()).contains("++");
  Kept.push_back(CPlusPlus ? "clang++" : "clang");
  for (size_t I = 1; I < Command.size(); ++I) {
    bool WithValue = false;
    if (isPrecompiled(Command, I)) {
      I += 3;
      continue;
    }
    if (Command[I] == "-Winvalid-pch")
      continue;
    if (dropped(Command[I], WithValue)) {
      I += WithValue;
      continue;
    }
    Kept.push_back(Command[I]);
  }
  std::vector<std::string> Result = known(Kept);
  std::vector<std::string> Ours = {
      "-resource-dir", Parser.ResourceFolder,    "-w",
      "-fsyntax-only", "-fno-color-diagnostics", "-Wno-error"};
  Result.insert(Result.begin() + 1, Ours.begin(), Ours.end());
  return Result;
}

std::vector<std::string>
warningArguments(const std::vector<std::string> &Command) {
  std::vector<std::string> Result;
  for (llvm::StringRef Argument : Command) {
    if (Argument == "-w")
      return {"-w"};
    if (Argument.consume_front("-Werror=")) {
      Result.push_back(("-W" + Argument).str());
      continue;
    }
    // -Wp, -Wl, and -Wa, are for other programs.
    bool Warning =
        Argument.starts_with("-W") && Argument.size() > 3 && Argument[3] != ',';
    if (Argument.starts_with("-pedantic"))
      Result.push_back("-pedantic");
    else if (Warning && Argument != "-Werror")
      Result.push_back(Argument.str());
  }
  return Result;
}

} // namespace unsingleton
