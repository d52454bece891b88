//===- History.cpp - Counts of earlier runs -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/History.h"
#include "tool/Config.h"
#include "tool/DurableFile.h"
#include "tool/Project.h"
#include "llvm/Support/Duration.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <ctime>

using namespace llvm;

namespace unsingleton {

std::string dateText(int64_t Seconds) {
  std::time_t Time = Seconds;
  std::tm Utc = {};
  char Text[sizeof "9999-12-31T23:59:59Z"] = "";
  if (!gmtime_r(&Time, &Utc) ||
      !std::strftime(Text, sizeof Text, "%Y-%m-%dT%H:%M:%SZ", &Utc))
    return "1970-01-01T00:00:00Z";
  return Text;
}

json::Object toJson(const HistoryEntry &E) {
  return json::Object{
      {"version", 1},
      {"date", E.Date},
      {"revision", E.Revision},
      {"dirty", E.Dirty},
      {"findings", E.Findings},
      {"severity",
       json::Object{{"high", E.High}, {"medium", E.Medium}, {"low", E.Low}}},
      {"fix", json::Object{{"safe", E.Safe},
                           {"unsafe", E.Unsafe},
                           {"manual", E.Manual}}},
      {"units", json::Object{{"total", E.Units}, {"failed", E.FailedUnits}}},
      {"tool", "unsingleton " UNSINGLETON_VERSION}};
}

namespace {
/// Reads one line; remembers the first thing that is wrong with it.
class EntryReader {
public:
  Expected<HistoryEntry> read(StringRef Line) {
    Expected<json::Value> Value = json::parse(Line);
    if (!Value) {
      consumeError(Value.takeError());
      return wrong("is no JSON");
    }
    const json::Object *O = Value->getAsObject();
    if (!O)
      return wrong("is no JSON object");
    if (std::optional<int64_t> Version = O->getInteger("version"); Version != 1)
      return wrong(Version ? "has 'version' " + std::to_string(*Version) +
                                 ", which this unsingleton does not know"
                           : "lacks 'version'");
    HistoryEntry E;
    E.Date = O->getString("date").value_or("").str();
    if (!Regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
             .match(E.Date))
      return wrong("lacks a 'date' such as 2026-01-31T12:00:00Z");
    E.Revision = O->getString("revision").value_or("").str();
    E.Dirty = O->getBoolean("dirty").value_or(false);
    count(*O, "findings", E.Findings, true);
    const json::Object *Severity = part(*O, "severity", true);
    count(*Severity, "high", E.High, true);
    count(*Severity, "medium", E.Medium, true);
    count(*Severity, "low", E.Low, true);
    const json::Object *Fix = part(*O, "fix", false);
    count(*Fix, "safe", E.Safe, false);
    count(*Fix, "unsafe", E.Unsafe, false);
    count(*Fix, "manual", E.Manual, false);
    const json::Object *Units = part(*O, "units", false);
    count(*Units, "total", E.Units, false);
    count(*Units, "failed", E.FailedUnits, false);
    if (!Problem.empty())
      return wrong(Problem);
    return E;
  }

private:
  static Error wrong(const Twine &What) {
    return createStringError(inconvertibleErrorCode(), What);
  }

  const json::Object *part(const json::Object &O, StringRef Key, bool Needed) {
    const json::Object *Found = O.getObject(Key);
    if (!Found && (Needed || O.get(Key)))
      note("lacks the object '" + Key + "'");
    return Found ? Found : &Empty;
  }

  void count(const json::Object &O, StringRef Key, uint64_t &To, bool Needed) {
    const json::Value *Found = O.get(Key);
    std::optional<uint64_t> Count =
        Found ? Found->getAsUINT64() : std::optional<uint64_t>();
    // What a page can draw: JavaScript's numbers are exact up to here.
    if (Count && *Count <= (1ull << 53))
      To = *Count;
    else if (Found || Needed)
      note("lacks the count '" + Key + "'");
  }

  void note(const Twine &What) {
    if (Problem.empty())
      Problem = What.str();
  }

  json::Object Empty;
  std::string Problem;
};
} // namespace

Expected<std::vector<HistoryEntry>> parseHistory(StringRef Path,
                                                 StringRef Text) {
  std::vector<HistoryEntry> Result;
  size_t Number = 0;
  while (!Text.empty()) {
    ++Number;
    bool Whole = Text.contains('\n');
    auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    if (Line.trim().empty())
      continue;
    Expected<HistoryEntry> Entry = EntryReader().read(Line);
    if (!Entry)
      return createStringError(
          inconvertibleErrorCode(),
          "while reading '" + Path + "', line " + Twine(Number) + ": it " +
              toString(Entry.takeError()) +
              (Whole ? "; correct" : " and is cut off; complete") +
              " or remove that line; the file was left as it is");
    Result.push_back(std::move(*Entry));
  }
  return Result;
}

Expected<std::vector<HistoryEntry>> readHistory(const std::string &Path) {
  if (!sys::fs::exists(Path))
    return std::vector<HistoryEntry>();
  Expected<std::string> Text = readBytes(Path);
  if (!Text)
    return Text.takeError();
  return parseHistory(Path, *Text);
}

/// Whether the file ends in the middle of a line (of which reading has said
/// that it is whole): then ours must not go on there.
static Expected<bool> needsLineEnd(const std::string &Path) {
  Expected<std::string> Text = readBytes(Path);
  if (!Text)
    return Text.takeError();
  if (Expected<std::vector<HistoryEntry>> Now = parseHistory(Path, *Text); !Now)
    return Now.takeError();
  return !Text->empty() && Text->back() != '\n';
}

Error appendHistory(const std::string &Path, const HistoryEntry &E) {
  int Descriptor = -1;
  if (std::error_code EC = sys::fs::openFileForWrite(
          Path, Descriptor, sys::fs::CD_OpenAlways, sys::fs::OF_Append))
    return ioError("writing", Path, EC);
  raw_fd_ostream Out(Descriptor, /*shouldClose=*/true);
  // Another run holds it for one line: whoever waits longer waits for a file
  // system that knows no locks, and goes on without.
  Expected<sys::fs::FileLocker> Lock =
      Out.tryLockFor(Duration(std::chrono::seconds(5)));
  if (!Lock)
    consumeError(Lock.takeError());
  Expected<bool> LineEnd = needsLineEnd(Path);
  if (!LineEnd)
    return LineEnd.takeError();
  std::string Line = *LineEnd ? "\n" : "";
  raw_string_ostream(Line) << json::Value(toJson(E)) << "\n";
  // One write, so that a crash leaves a line or none.
  Out.SetUnbuffered();
  Out << Line;
  std::error_code EC = Out.error();
  Out.clear_error();
  return EC ? ioError("writing", Path, EC) : Error::success();
}

} // namespace unsingleton
