//===- Analysis.cpp - All units, in parallel -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Analysis.h"
#include "checks/facts/Compat.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/thread.h"
#include <atomic>
#include <mutex>

using namespace llvm;

namespace unsingleton {

struct Progress::State {
  std::mutex Lock; ///< guards Done and the terminal's line
  size_t Done = 0;
  size_t Total = 0;
  bool Shown = false;
};

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
  errs() << "\r\033[K[" << Mine->Done << "/" << Mine->Total << "] "
         << sys::path::filename(File);
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

std::vector<UnitFacts> extractAll(const std::vector<UnitCommand> &Units,
                                  const ExtractOptions &Options, unsigned Jobs,
                                  bool UseLedger, bool ShowProgress) {
  std::vector<UnitFacts> Result(Units.size());
  BodyLedger Ledger;
  // What units look for and read is mostly the same: asked of the system once.
  dependencies::DependencyScanningFilesystemSharedCache Read;
  std::vector<UnitNumber> Todo(Units.size());
  for (UnitNumber I = 0; I < Todo.size(); ++I)
    Todo[I] = I;
  while (!Todo.empty()) {
    Progress Bar(Todo.size(), ShowProgress);
    forEachInParallel(Todo.size(), Jobs, [&](size_t I) {
      UnitNumber Unit = Todo[I];
      ParseDepth Depth;
      Depth.Ledger = UseLedger ? &Ledger : nullptr;
      Depth.Unit = Unit;
      auto Files =
          makeIntrusiveRefCnt<dependencies::DependencyScanningWorkerFilesystem>(
              Read, vfs::createPhysicalFileSystem());
      Result[Unit] = extractUnit(Units[Unit], Options, Files, Depth);
      Bar.step(Units[Unit].File);
    });
    std::vector<UnitNumber> Failed;
    for (UnitNumber I : Todo)
      if (Result[I].failed())
        Failed.push_back(I);
    Todo = UseLedger ? Ledger.release(Failed) : std::vector<UnitNumber>();
  }
  return Result;
}

} // namespace unsingleton
