//===- DiskStore.cpp - Facts of earlier runs, on disk -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/DurableFile.h"
#include "tool/store/Codec.h"
#include "tool/store/FactStore.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <fcntl.h>
#include <sys/stat.h>

using namespace llvm;

namespace unsingleton {

static constexpr StringLiteral Suffix = ".facts";
static constexpr size_t KeyLength = 32; ///< of the key, in a file's name

/// `<key>-<trace>.facts`, which nobody else's files are called.
static bool isRecord(StringRef Name) {
  constexpr size_t Dash = KeyLength;
  return Name.consume_back(Suffix) && Name.size() == Dash + 17 &&
         Name[Dash] == '-' && all_of(Name.take_front(Dash), isHexDigit);
}

std::vector<StoredFile> storedFiles(const std::string &Folder) {
  std::vector<StoredFile> Result;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder + "/units", EC), End;
       !EC && I != End; I.increment(EC)) {
    if (!isRecord(sys::path::filename(I->path())))
      continue;
    if (ErrorOr<sys::fs::basic_file_status> Status = I->status())
      Result.push_back(
          {I->path(), Status->getSize(), Status->getLastModificationTime()});
  }
  sort(Result, [](const StoredFile &A, const StoredFile &B) {
    return std::tie(A.Used, A.Path) < std::tie(B.Used, B.Path);
  });
  return Result;
}

DiskStore::DiskStore(std::string Where, uint64_t Format)
    : Folder(std::move(Where)), Format(Format) {
  std::vector<StoredFile> All = storedFiles(Folder);
  for (StoredFile &File : reverse(All))
    ByKey[sys::path::filename(File.Path).take_front(KeyLength).str()].push_back(
        std::move(File));
}

void DiskStore::forget(const std::string &Path) { sys::fs::remove(Path); }

std::optional<StoredUnit> DiskStore::find(StringRef Key,
                                          const SourceTree &Tree) {
  std::vector<StoredFile> Candidates;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    auto Known = ByKey.find(Key.take_front(KeyLength).str());
    if (Known != ByKey.end())
      Candidates = Known->second;
  }
  for (const StoredFile &File : Candidates) {
    auto Bytes = MemoryBuffer::getFile(File.Path, /*IsText=*/false,
                                       /*RequiresNullTerminator=*/false);
    if (!Bytes) // another process has removed it
      continue;
    StoredUnit Unit;
    Decoded What = decodeUnit((*Bytes)->getBuffer(), Format, Key, Tree, Unit);
    if (What == Decoded::Unit) {
      ::utimensat(AT_FDCWD, File.Path.c_str(), nullptr, 0);
      std::lock_guard<std::mutex> Guard(Lock);
      Used.insert(File.Path);
      return Unit;
    }
    if (What == Decoded::Stale)
      continue;
    forget(File.Path);
    std::lock_guard<std::mutex> Guard(Lock);
    ++(What == Decoded::Foreign ? Foreign : Damaged);
  }
  return std::nullopt;
}

/// The rename makes it atomic. Nothing is forced to disk: what a crash leaves
/// half written has another digest.
static Error replace(const std::string &Path, StringRef Bytes) {
  Expected<sys::fs::TempFile> File =
      sys::fs::TempFile::create(Path + "-%%%%%%%%.tmp", 0666);
  if (!File)
    return File.takeError();
  raw_fd_ostream OS(File->FD, /*shouldClose=*/false, /*unbuffered=*/true);
  OS << Bytes;
  if (std::error_code EC = OS.error()) {
    OS.clear_error();
    return joinErrors(errorCodeToError(EC), File->discard());
  }
  return File->keep(Path);
}

Error DiskStore::write(StringRef Name, StringRef Bytes) {
  if (!Prepared) {
    if (std::error_code EC = sys::fs::create_directories(Folder + "/units"))
      return errorCodeToError(EC);
    if (Error E = replace(Folder + "/.gitignore", "*\n"))
      return E;
    if (Error E = replace(Folder + "/CACHEDIR.TAG",
                          "Signature: 8a477f597d28d172789f06886806bc55\n"
                          "# This file marks a cache made by unsingleton.\n"))
      return E;
    Prepared = true;
  }
  return replace(Folder + "/units/" + Name.str(), Bytes);
}

void DiskStore::keep(StringRef Key, const StoredUnit &Unit) {
  if (!keeps())
    return;
  Writer Trace;
  code(Trace, Unit.Trace);
  std::string Name =
      (Key.take_front(KeyLength) + "-" +
       utohexstr(xxh3_64bits(Trace.Bytes), /*LowerCase=*/true, 16) + Suffix)
          .str();
  std::string Bytes = encodeUnit(Format, Key, Unit);
  std::lock_guard<std::mutex> Guard(Lock);
  if (!Unwritable.empty())
    return;
  if (Error E = write(Name, Bytes)) {
    Unwritable = toString(std::move(E));
    return;
  }
  std::string Path = Folder + "/units/" + Name;
  // This run may ask for it again, for another state of the files.
  if (Used.insert(Path).second) {
    std::vector<StoredFile> &Known = ByKey[Key.take_front(KeyLength).str()];
    Known.insert(Known.begin(), StoredFile{Path, Bytes.size(), {}});
  }
}

bool DiskStore::keeps() const {
  std::lock_guard<std::mutex> Guard(Lock);
  return Unwritable.empty();
}

/// What a process that was killed has left beside, if it is that old.
static void removeRemains(const std::string &Folder, std::chrono::hours Age) {
  std::error_code EC;
  auto Old = std::chrono::system_clock::now() - Age;
  for (sys::fs::directory_iterator I(Folder + "/units", EC), End;
       !EC && I != End; I.increment(EC)) {
    if (!StringRef(I->path()).ends_with(".tmp"))
      continue;
    ErrorOr<sys::fs::basic_file_status> Status = I->status();
    if (Status && Status->getLastModificationTime() < Old)
      sys::fs::remove(I->path());
  }
}

void DiskStore::prune(uint64_t Bound) {
  std::lock_guard<std::mutex> Guard(Lock);
  if (!Unwritable.empty() || !sys::fs::exists(Folder + "/units"))
    return;
  removeRemains(Folder, std::chrono::hours(1));
  // More states of one unit than anybody goes back to.
  constexpr size_t Most = 8;
  std::vector<StoredFile> Files = storedFiles(Folder);
  std::map<std::string, size_t> States;
  uint64_t Needed = 0;
  uint64_t Kept = 0;
  for (const StoredFile &File : reverse(Files)) {
    bool Mine = Used.count(File.Path);
    Needed += Mine ? File.Size : 0;
    std::string Key =
        sys::path::filename(File.Path).take_front(KeyLength).str();
    Kept += File.Size;
    if (++States[Key] > Most || Kept > Bound)
      forget(File.Path);
  }
  if (Needed > Bound)
    TooSmall = std::to_string((Needed >> 20) + 1);
}

std::vector<std::string> DiskStore::problems() const {
  std::lock_guard<std::mutex> Guard(Lock);
  std::vector<std::string> Result;
  auto Say = [&](size_t Count, StringRef What, StringRef Why) {
    if (Count)
      Result.push_back((Twine(Count) + " " + What +
                        (Count == 1 ? " was " : "s were ") + Why +
                        " in the fact store '" + Folder + "' and parsed again")
                           .str());
  };
  Say(Damaged, "unit", "damaged");
  if (Foreign)
    Result.push_back("the fact store '" + Folder +
                     "' was written by another version of unsingleton and is "
                     "made anew");
  if (!Unwritable.empty())
    Result.push_back("cannot write to the fact store '" + Folder +
                     "': " + Unwritable +
                     "; choose another folder with --cache-dir, or none with "
                     "--no-cache");
  if (!TooSmall.empty())
    Result.push_back("the facts of this program do not fit into the fact "
                     "store '" +
                     Folder + "'; give it more than --cache-size=" + TooSmall +
                     "M");
  return Result;
}

Expected<size_t> clearStore(const std::string &Folder) {
  std::vector<StoredFile> Files = storedFiles(Folder);
  for (const StoredFile &File : Files)
    if (std::error_code EC = sys::fs::remove(File.Path))
      return ioError("removing", File.Path, EC);
  if (sys::fs::exists(Folder + "/units")) {
    removeRemains(Folder, std::chrono::hours(0));
    for (StringRef Name : {"/.gitignore", "/CACHEDIR.TAG"})
      sys::fs::remove(Folder + Name);
    // Not empty if somebody else has put something there.
    sys::fs::remove(Folder + "/units");
    sys::fs::remove(Folder);
  }
  return Files.size();
}

} // namespace unsingleton
