//===- Journal.cpp - What a fix has done and how to take it back -*- C++ -*-==//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Journal.h"
#include "tool/DurableFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <unistd.h>

using namespace llvm;

namespace unsingleton {

std::string journalsFolder(const std::string &Root) {
  return Root + "/.unsingleton";
}

std::string Journal::temporary(const JournalEntry &Entry) const {
  return (sys::path::parent_path(path(Entry)) + "/" + Entry.Temporary).str();
}

std::string Journal::saved(size_t Entry) const {
  return Folder + "/before/" + std::to_string(Entry);
}

static StringRef nameOf(Journal::State State) {
  switch (State) {
  case Journal::State::Begun:
    return "begun";
  case Journal::State::Done:
    return "done";
  case Journal::State::Undoing:
    return "undoing";
  }
  llvm_unreachable("a state without a name");
}

Error Journal::write(State New) {
  json::Array Entries;
  for (const JournalEntry &Entry : Files)
    Entries.push_back(json::Object{{"path", Entry.Path},
                                   {"before", Entry.Before},
                                   {"after", Entry.After},
                                   {"temporary", Entry.Temporary}});
  std::string Text;
  raw_string_ostream(Text) << json::Value(json::Object{
      {"version", 1}, {"state", nameOf(New)}, {"files", std::move(Entries)}});
  std::string Path = Folder + "/journal.json";
  if (Error E = writeBytes(Path + ".new", Text))
    return E;
  if (Error E = replaceFile(Path + ".new", Path))
    return E;
  Now = New;
  return Error::success();
}

Error Journal::remove() const {
  // First what makes it a journal, so that half a removal is none.
  if (std::error_code EC = sys::fs::remove(Folder + "/journal.json"))
    return ioError("removing", Folder, EC);
  if (std::error_code EC =
          sys::fs::remove_directories(Folder, /*IgnoreErrors=*/false))
    return ioError("removing", Folder, EC);
  return Error::success();
}

namespace {
Error wrong(const std::string &Path, const Twine &What) {
  return createStringError(inconvertibleErrorCode(),
                           "while reading '" + Path + "': " + What +
                               "; delete the folder to forget this fix");
}

/// Whether \p Relative stays below \p Root, also through links.
bool staysInside(const std::string &Root, StringRef Relative) {
  if (sys::path::is_absolute(Relative))
    return false;
  for (auto I = sys::path::begin(Relative), E = sys::path::end(Relative);
       I != E; ++I)
    if (*I == "..")
      return false;
  SmallString<256> Real;
  std::string Folder =
      sys::path::parent_path(Root + "/" + Relative.str()).str();
  if (sys::fs::real_path(Folder, Real))
    return false;
  return StringRef(Real) == Root || Real.starts_with(Root + "/");
}

Expected<Journal> readJournal(const std::string &Root,
                              const std::string &Folder) {
  std::string Path = Folder + "/journal.json";
  Expected<std::string> Text = readBytes(Path);
  if (!Text)
    return Text.takeError();
  Expected<json::Value> Parsed = json::parse(*Text);
  if (!Parsed)
    return wrong(Path, toString(Parsed.takeError()));
  const json::Object *Whole = Parsed->getAsObject();
  const json::Array *Files = Whole ? Whole->getArray("files") : nullptr;
  std::optional<StringRef> State =
      Whole ? Whole->getString("state") : std::nullopt;
  if (!Files || !State || Whole->getInteger("version") != 1)
    return wrong(Path, "it is no journal of this version");
  Journal Result;
  Result.Root = Root;
  Result.Folder = Folder;
  bool Known = false;
  for (auto Each :
       {Journal::State::Begun, Journal::State::Done, Journal::State::Undoing})
    if (*State == nameOf(Each)) {
      Result.Now = Each;
      Known = true;
    }
  if (!Known)
    return wrong(Path, "unknown state '" + *State + "'");
  for (const json::Value &File : *Files) {
    const json::Object *O = File.getAsObject();
    JournalEntry Entry;
    auto Take = [&](StringRef Key, std::string &To) {
      std::optional<StringRef> Given = O ? O->getString(Key) : std::nullopt;
      To = Given.value_or("").str();
      return Given.has_value() && !Given->empty();
    };
    if (!Take("path", Entry.Path) || !Take("before", Entry.Before) ||
        !Take("after", Entry.After) || !Take("temporary", Entry.Temporary))
      return wrong(Path, "an entry is incomplete");
    if (!staysInside(Root, Entry.Path) ||
        StringRef(Entry.Temporary).contains('/'))
      return wrong(Path, "'" + Entry.Path + "' is not below the root");
    Result.Files.push_back(std::move(Entry));
  }
  return Result;
}

/// Folders of fixes, oldest first, complete or not.
std::vector<std::string> fixFolders(const std::string &Root) {
  std::vector<std::string> Found;
  std::error_code EC;
  for (sys::fs::directory_iterator I(journalsFolder(Root), EC), End;
       !EC && I != End; I.increment(EC))
    if (sys::path::filename(I->path()).starts_with("fix-"))
      Found.push_back(I->path());
  sort(Found);
  return Found;
}

bool complete(const std::string &Folder) {
  return sys::fs::exists(Folder + "/journal.json");
}

Expected<std::string> newFolder(const std::string &Root) {
  std::vector<std::string> Taken = fixFolders(Root);
  unsigned Number = 0;
  if (!Taken.empty())
    StringRef(Taken.back()).rsplit('-').second.getAsInteger(10, Number);
  std::string Name;
  raw_string_ostream(Name) << format("fix-%08u", Number + 1);
  std::string Folder = journalsFolder(Root) + "/" + Name;
  if (std::error_code EC = sys::fs::create_directories(Folder + "/before"))
    return ioError("making", Folder, EC);
  return Folder;
}
} // namespace

Expected<Journal> beginJournal(const std::string &Root,
                               const std::vector<ChangedFile> &Files,
                               StepSeam Step) {
  Step("folder");
  Expected<std::string> Folder = newFolder(Root);
  if (!Folder)
    return Folder.takeError();
  Journal Result;
  Result.Root = Root;
  Result.Folder = *Folder;
  for (const ChangedFile &File : Files) {
    StringRef Relative = File.Path;
    if (!Relative.consume_front(Root + "/"))
      return createStringError(inconvertibleErrorCode(),
                               "'" + File.Path + "' is not below '" + Root +
                                   "'; nothing was changed");
    if (!json::isUTF8(Relative))
      return createStringError(inconvertibleErrorCode(),
                               "the name of '" + File.Path +
                                   "' is not UTF-8, so it cannot be put down "
                                   "in a journal; nothing was changed");
    std::string Name = sys::path::filename(Relative).str();
    Step("save");
    if (Error E = writeBytes(Result.saved(Result.Files.size()), File.Before))
      return std::move(E);
    Result.Files.push_back({Relative.str(), digestOf(File.Before),
                            digestOf(File.After),
                            "." + Name + ".unsingleton-new"});
  }
  Step("journal");
  if (Error E = Result.write(Journal::State::Begun))
    return std::move(E);
  return Result;
}

Expected<std::optional<Journal>> lastJournal(const std::string &Root) {
  std::vector<std::string> Folders = fixFolders(Root);
  for (const std::string &Folder : reverse(Folders))
    if (complete(Folder)) {
      Expected<Journal> Read = readJournal(Root, Folder);
      if (!Read)
        return Read.takeError();
      return std::optional<Journal>(std::move(*Read));
    }
  return std::nullopt;
}

void pruneJournals(const std::string &Root) {
  constexpr size_t Kept = 10;
  std::vector<std::string> Folders = fixFolders(Root);
  size_t Complete = static_cast<size_t>(count_if(Folders, complete));
  for (const std::string &Folder : Folders) {
    bool Old = complete(Folder) && Complete > Kept;
    Complete -= Old;
    if (Old)
      sys::fs::remove(Folder + "/journal.json");
    if (!complete(Folder))
      sys::fs::remove_directories(Folder);
  }
}

/// Whether \p Path still names the file that is open: whoever held the lock
/// before may have removed it.
static bool names(const std::string &Path, int Descriptor) {
  sys::fs::file_status Named, Open;
  return !sys::fs::status(Path, Named) && !sys::fs::status(Descriptor, Open) &&
         Named.getUniqueID() == Open.getUniqueID();
}

Expected<WorkLock> WorkLock::take(const std::string &Root) {
  std::string Folder = journalsFolder(Root);
  std::string Path = Folder + "/lock";
  while (true) {
    if (std::error_code EC = sys::fs::create_directories(Folder))
      return ioError("making", Folder, EC);
    int Descriptor = -1;
    if (std::error_code EC = sys::fs::openFileForReadWrite(
            Path, Descriptor, sys::fs::CD_OpenAlways, sys::fs::OF_None))
      return ioError("opening", Path, EC);
    if (sys::fs::tryLockFile(Descriptor)) {
      ::close(Descriptor);
      return createStringError(inconvertibleErrorCode(),
                               "another 'fix' or 'undo' is at work in '" +
                                   Root + "'; wait for it");
    }
    WorkLock Lock(Descriptor, Folder);
    if (!names(Path, Descriptor))
      continue;
    if (!sys::fs::exists(Folder + "/.gitignore"))
      if (Error E = writeBytes(Folder + "/.gitignore", "*\n"))
        return std::move(E);
    return std::move(Lock);
  }
}

WorkLock::~WorkLock() {
  if (Descriptor < 0)
    return;
  // Where there is nothing to remember, nothing stays behind.
  bool Empty = true;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End;
       I.increment(EC))
    Empty &=
        is_contained({".gitignore", "lock"}, sys::path::filename(I->path()));
  if (Empty && !EC && names(Folder + "/lock", Descriptor)) {
    sys::fs::remove(Folder + "/.gitignore");
    sys::fs::remove(Folder + "/lock");
    sys::fs::remove(Folder);
  }
  ::close(Descriptor); // which unlocks
}

} // namespace unsingleton
