//===- Project.cpp - Where the project is and what it says of itself -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Project.h"
#include "checks/rules/Globs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/YAMLParser.h"
#include <map>

using namespace llvm;

namespace unsingleton {

static std::string realPath(const Twine &Path) {
  SmallString<256> Real;
  if (sys::fs::real_path(Path, Real))
    return Path.str();
  return std::string(Real);
}

static bool below(StringRef Path, StringRef Folder) {
  return Path == Folder || (Path.consume_front(Folder) &&
                            (Folder.ends_with("/") || Path.starts_with("/")));
}

/// Of the folders given with -p, those that hold what a build makes: units are
/// compiled there whose sources lie elsewhere. A database that stands beside
/// its sources makes nothing generated.
static std::vector<std::string>
generatedFolders(const std::vector<UnitCommand> &Units,
                 std::vector<std::string> Builds) {
  erase_if(Builds, [&](const std::string &Build) {
    return none_of(Units, [&](const UnitCommand &Unit) {
      return below(realPath(Unit.Folder), Build) && !below(Unit.File, Build);
    });
  });
  return Builds;
}

/// The deepest folder that holds all units but generated ones.
static std::string commonFolder(const std::vector<UnitCommand> &Units,
                                const std::vector<std::string> &Generated) {
  std::string Common;
  for (bool Skip : {true, false}) {
    for (const UnitCommand &Unit : Units) {
      if (Skip && any_of(Generated, [&](const std::string &Folder) {
            return below(Unit.File, Folder);
          }))
        continue;
      std::string Folder = sys::path::parent_path(Unit.File).str();
      if (Common.empty()) {
        Common = Folder;
        continue;
      }
      while (!StringRef(Folder + "/").starts_with(Common + "/") &&
             Common.size() > 1)
        Common = sys::path::parent_path(Common).str();
    }
    if (!Common.empty())
      break;
  }
  return Common;
}

static std::string findRoot(const std::vector<UnitCommand> &Units,
                            const std::vector<std::string> &Generated) {
  std::string Common = commonFolder(Units, Generated);
  for (std::string At = Common; At.size() > 1;
       At = sys::path::parent_path(At).str())
    if (sys::fs::exists(At + "/.git"))
      return At;
  return Common;
}

std::string inSentence(StringRef Message) {
  std::string Result = Message.rtrim(".\n ").str();
  if (Result.size() > 1 && !isUpper(Result[1]))
    Result[0] = toLower(Result[0]);
  return Result;
}

namespace {
/// The parts of a .clang-tidy file that concern us.
struct TidyFile {
  std::string Checks;
  std::map<std::string, std::string> Options;
};

std::string scalar(yaml::Node *N) {
  SmallString<64> Storage;
  if (auto *S = dyn_cast_or_null<yaml::ScalarNode>(N))
    return S->getValue(Storage).str();
  if (auto *B = dyn_cast_or_null<yaml::BlockScalarNode>(N))
    return B->getValue().str();
  return {};
}

/// `Checks` is a comma-separated string, or a list of such.
std::string globs(yaml::Node *N) {
  auto *List = dyn_cast_or_null<yaml::SequenceNode>(N);
  if (!List)
    return scalar(N);
  std::string Result;
  for (yaml::Node &Entry : *List)
    Result += scalar(&Entry) + ",";
  return Result;
}

/// `CheckOptions` is a map, or a list of {key: …, value: …}.
void readOptions(yaml::Node *N, TidyFile &Out) {
  if (auto *Map = dyn_cast_or_null<yaml::MappingNode>(N)) {
    for (yaml::KeyValueNode &Pair : *Map) {
      std::string Key = scalar(Pair.getKey());
      Out.Options[Key] = scalar(Pair.getValue());
    }
    return;
  }
  auto *List = dyn_cast_or_null<yaml::SequenceNode>(N);
  if (!List)
    return;
  for (yaml::Node &Entry : *List) {
    auto *Map = dyn_cast<yaml::MappingNode>(&Entry);
    if (!Map)
      continue;
    std::string Key, Value;
    for (yaml::KeyValueNode &Pair : *Map) {
      std::string Name = scalar(Pair.getKey());
      (Name == "key" ? Key : Value) = scalar(Pair.getValue());
    }
    Out.Options[Key] = Value;
  }
}

Expected<TidyFile> readTidyFile(const std::string &Path) {
  TidyFile Out;
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(Path);
  if (!Text)
    return createStringError(Text.getError(), "while reading '" + Path + "': " +
                                                  Text.getError().message());
  SourceMgr SM;
  std::string Problem;
  SM.setDiagHandler(
      [](const SMDiagnostic &D, void *Where) {
        *static_cast<std::string *>(Where) =
            (Twine(D.getLineNo()) + ": " + inSentence(D.getMessage())).str();
      },
      &Problem);
  yaml::Stream Stream((*Text)->getMemBufferRef(), SM);
  auto Document = Stream.begin();
  if (Document != Stream.end())
    if (auto *Map = dyn_cast_or_null<yaml::MappingNode>(Document->getRoot()))
      for (yaml::KeyValueNode &Pair : *Map) {
        std::string Key = scalar(Pair.getKey());
        if (Key == "Checks")
          Out.Checks = globs(Pair.getValue());
        else if (Key == "CheckOptions")
          readOptions(Pair.getValue(), Out);
        else
          Pair.skip();
      }
  if (Stream.failed() || !Problem.empty())
    return createStringError(inconvertibleErrorCode(),
                             "while reading '" + Path + "', line " + Problem);
  return Out;
}

Error applyOptions(const std::string &Path, const TidyFile &File, Project &To) {
  if (Error E = applyCheckOptions(File.Options, To))
    return createStringError(inconvertibleErrorCode(),
                             "while reading '" + Path +
                                 "': " + toString(std::move(E)));
  SmallVector<StringRef, 8> Globs;
  StringRef(File.Checks).split(Globs, ',', -1, false);
  for (StringRef Glob : Globs)
    if (!Glob.trim().empty())
      To.Checks.push_back(Glob.trim().str());
  return Error::success();
}
} // namespace

bool Project::enabled(StringRef Rule) const {
  // Rules are on unless the project's own list mentions isolation and leaves
  // this one out.
  bool On = none_of(
      Checks, [](StringRef Glob) { return Glob.starts_with("isolation"); });
  for (StringRef Glob : Checks) {
    bool Off = Glob.consume_front("-");
    if (Off && Glob == "*")
      continue; // aimed at clang-tidy's own checks
    if (globMatches(Glob, Rule))
      On = !Off;
  }
  return On;
}

std::string Project::shown(StringRef RealPath) const {
  StringRef Rest = RealPath;
  if (Rest.consume_front(Root) && Rest.consume_front("/"))
    return Rest.str();
  return RealPath.str();
}

Expected<Project> openProject(const CommandLine &Line,
                              const std::vector<UnitCommand> &Units) {
  Project Result;
  std::vector<std::string> Builds;
  for (const std::string &Build : Line.Builds)
    Builds.push_back(realPath(sys::fs::is_directory(Build)
                                  ? Twine(Build)
                                  : sys::path::parent_path(Build)));
  if (!Line.Root.empty() && !sys::fs::is_directory(Line.Root))
    return createStringError(inconvertibleErrorCode(),
                             "'--root': no such folder: '" + Line.Root + "'");
  std::vector<std::string> Generated = generatedFolders(Units, Builds);
  Result.Root =
      realPath(Line.Root.empty() ? findRoot(Units, Generated) : Line.Root);
  if (!Line.Root.empty() && none_of(Units, [&](const UnitCommand &Unit) {
        return below(Unit.File, Result.Root) || !sys::fs::exists(Unit.File);
      }))
    return createStringError(inconvertibleErrorCode(),
                             "'--root': no unit of the compilation database "
                             "lies below '" +
                                 Result.Root + "'");
  Result.Extracting.Root = Result.Root;
  for (const std::string &Folder : Generated)
    if (!below(Result.Root, Folder))
      Result.Extracting.Generated.push_back(Folder);
  std::string Tidy = Result.Root + "/.clang-tidy";
  if (sys::fs::exists(Tidy)) {
    Expected<TidyFile> File = readTidyFile(Tidy);
    if (!File)
      return File.takeError();
    if (Error E = applyOptions(Tidy, *File, Result))
      return std::move(E);
  }
  Result.Fixing.Only = Line.Only;
  Result.Fixing.UnsafeFixes = Line.UnsafeFixes;
  Result.Fixing.Forwarders = Line.Forwarders;
  if (Line.Forwarders && Result.Fixing.ContextType != Policy().ContextType)
    return createStringError(inconvertibleErrorCode(),
                             "'--compat=forwarder' asks the thread for an '" +
                                 Policy().ContextType +
                                 "', and isolation.ContextType is another; "
                                 "write forwarders by hand");
  if (Line.Bridge)
    Result.Fixing.Frontiers = FrontierMode::Bridge;
  return Result;
}

} // namespace unsingleton
