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
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

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

/// What \p Text, a build system's list of headers to precompile, includes; none
/// if it is anything else.
static std::vector<std::string> listedHeaders(llvm::StringRef Text) {
  std::vector<std::string> Headers;
  bool System = false;
  llvm::SmallVector<llvm::StringRef, 16> Lines;
  Text.split(Lines, '\n');
  for (llvm::StringRef Line : Lines) {
    Line = Line.trim();
    bool Comment = Line.starts_with("//") ||
                   (Line.starts_with("/*") && Line.ends_with("*/"));
    if (Line.empty() || Comment || Line == "#pragma once" ||
        Line == "#ifdef __cplusplus" || Line.starts_with("#endif"))
      continue;
    if (Line == "#pragma GCC system_header")
      System = true;
    else if (Line.consume_front("#include "))
      Headers.push_back(Line.trim(" <>\"").str());
    else
      return {};
  }
  return System ? Headers : std::vector<std::string>();
}

std::vector<std::string>
listedIncludes(const std::vector<std::string> &Arguments,
               const std::string &Folder) {
  std::vector<std::string> Result;
  for (size_t I = 0; I < Arguments.size(); ++I) {
    bool Wrapped = I + 3 < Arguments.size() && Arguments[I] == "-Xclang" &&
                   Arguments[I + 1] == "-include" &&
                   Arguments[I + 2] == "-Xclang";
    size_t Value = Wrapped ? I + 3 : I + 1;
    std::vector<std::string> Headers;
    if (Value < Arguments.size() && (Wrapped || Arguments[I] == "-include")) {
      llvm::SmallString<256> File(Arguments[Value]);
      if (!llvm::sys::path::is_absolute(File)) {
        File = Folder;
        llvm::sys::path::append(File, Arguments[Value]);
      }
      if (auto Text = llvm::MemoryBuffer::getFile(File))
        Headers = listedHeaders((*Text)->getBuffer());
    }
    if (Headers.empty()) {
      Result.push_back(Arguments[I]);
      continue;
    }
    for (const std::string &Header : Headers)
      Result.insert(Result.end(), {"-include", Header});
    I = Value;
  }
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
