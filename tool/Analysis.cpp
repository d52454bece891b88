//===- Analysis.cpp - All units, in parallel -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Analysis.h"
#include "checks/facts/Compat.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/thread.h"
#include <atomic>
#include <chrono>
#include <mutex>

using namespace llvm;

namespace unsingleton {

struct Progress::State {
  std::mutex Lock; ///< guards Done and the terminal's line
  size_t Done = 0;
  size_t Total = 0;
  bool Shown = false;
  std::chrono::steady_clock::time_point Start =
      std::chrono::steady_clock::now();
};

/// "8 s", "3 min", "2 h".
static std::string spokenTime(double Seconds) {
  if (Seconds < 90)
    return formatv("{0:F0} s", Seconds);
  return Seconds < 90 * 60 ? formatv("{0:F0} min", Seconds / 60)
                           : formatv("{0:F0} h", Seconds / 3600);
}

Progress::Progress(size_t Total, bool Wanted)
    : Mine(std::make_unique<State>()) {
  Mine->Total = Total;
  Mine->Shown = Wanted && sys::Process::StandardErrIsDisplayed();
}

Progress::~Progress() {
  if (Mine->Shown)
    errs() << "\r\033[K";
}

void Progress::step(StringRef File) {
  if (!Mine->Shown)
    return;
  std::lock_guard<std::mutex> Guard(Mine->Lock);
  ++Mine->Done;
  std::chrono::duration<double> Passed =
      std::chrono::steady_clock::now() - Mine->Start;
  errs() << "\r\033[K[" << Mine->Done << "/" << Mine->Total << "] ";
  // Before that, a rate is a guess.
  if (Passed.count() >= 1) {
    double Rate = static_cast<double>(Mine->Done) / Passed.count();
    double Left = static_cast<double>(Mine->Total - Mine->Done) / Rate;
    errs() << formatv("{0:F1}/s, {1} left ", Rate, spokenTime(Left));
  }
  errs() << sys::path::filename(File);
}

void forEachInParallel(size_t Count, unsigned Jobs,
                       function_ref<void(size_t)> Do) {
  // A thread pool's threads have the system's stacks; a parser wants more.
  constexpr unsigned StackSize = 32 << 20;
  unsigned Threads =
      Jobs ? Jobs : hardware_concurrency().compute_thread_count();
  Threads = static_cast<unsigned>(std::min<size_t>(Threads, Count));
  std::atomic<size_t> Next{0};
  auto Work = [&] {
    for (size_t I = Next++; I < Count; I = Next++)
      Do(I);
  };
  std::vector<llvm::thread> Pool;
  for (unsigned I = 0; I < Threads; ++I)
    Pool.emplace_back(std::optional<unsigned>(StackSize), Work);
  for (llvm::thread &T : Pool)
    T.join();
}

namespace {
/// One call of extractAll.
class Extractor {
public:
  Extractor(const std::vector<UnitCommand> &Units,
            const ExtractOptions &Options, const ExtractionRun &Run)
      : Units(Units), Options(Options), Run(Run),
        Store(Run.UseLedger ? Run.Store : nullptr), Keys(Units.size()) {
    Result.Facts.resize(Units.size());
  }

  Extraction run() {
    std::vector<UnitNumber> Todo = lookUp();
    std::vector<bool> Parsed(Units.size());
    while (!Todo.empty()) {
      Progress Bar(Todo.size(), Run.ShowProgress);
      forEachInParallel(Todo.size(), Run.Jobs, [&](size_t I) {
        parse(Todo[I]);
        Bar.step(Units[Todo[I]].File);
      });
      std::vector<UnitNumber> Failed;
      for (UnitNumber Unit : Todo) {
        Parsed[Unit] = true;
        if (Result.Facts[Unit].failed())
          Failed.push_back(Unit);
      }
      Todo.clear();
      if (Run.UseLedger) {
        Ledger.withdraw(Failed);
        Todo = Ledger.orphans();
      }
    }
    Result.Parsed = static_cast<size_t>(llvm::count(Parsed, true));
    return std::move(Result);
  }

private:
  /// Takes what the store has, and returns the units that are to be parsed.
  std::vector<UnitNumber> lookUp() {
    std::vector<std::optional<StoredUnit>> Found(Units.size());
    if (Store)
      forEachInParallel(Units.size(), Run.Jobs, [&](size_t I) {
        Keys[I] = unitKey(Units[I], Options);
        Found[I] = Store->find(Keys[I], Run.Tree);
      });
    std::vector<UnitNumber> Todo;
    for (UnitNumber I = 0; I < Units.size(); ++I) {
      if (!Found[I]) {
        Todo.push_back(I);
        continue;
      }
      Ledger.adopt(I, Found[I]->Bodies);
      Result.Facts[I] = std::move(Found[I]->Facts);
    }
    // What is parsed anyway may well be what reads these bodies.
    return Todo.empty() ? Ledger.orphans() : Todo;
  }

  UnitFacts extract(UnitNumber Unit, SourceTree::FileSystemRef Files) {
    ParseDepth Depth;
    Depth.Ledger = Run.UseLedger ? &Ledger : nullptr;
    Depth.Unit = Unit;
    UnitFacts Facts = extractUnit(Units[Unit], Options, Files, Depth);
    if (!Facts.failed() || !Depth.Ledger)
      return Facts;
    // Which of its errors it has met depends on the bodies that it skipped.
    Depth.Ledger = nullptr;
    UnitFacts Whole = extractUnit(Units[Unit], Options, Files, Depth);
    return Whole.failed() ? std::move(Whole) : std::move(Facts);
  }

  void parse(UnitNumber Unit) {
    if (!Store) {
      Result.Facts[Unit] = extract(Unit, Run.Tree.open());
      return;
    }
    auto Files = makeIntrusiveRefCnt<TracingFileSystem>(Run.Tree);
    StoredUnit New;
    New.Facts = extract(Unit, Files);
    if (!New.Facts.failed()) {
      New.Trace = Files->trace();
      New.Bodies = Ledger.dealings(Unit);
      Store->keep(Keys[Unit], New);
    }
    Result.Facts[Unit] = std::move(New.Facts);
  }

  const std::vector<UnitCommand> &Units;
  const ExtractOptions &Options;
  const ExtractionRun &Run;
  FactStore *Store;
  std::vector<std::string> Keys; ///< of units, where there is a store
  BodyLedger Ledger;
  Extraction Result;
};
} // namespace

Extraction extractAll(const std::vector<UnitCommand> &Units,
                      const ExtractOptions &Options, const ExtractionRun &Run) {
  return Extractor(Units, Options, Run).run();
}

} // namespace unsingleton
