//===- StoreOptions.cpp - Where facts come from and go ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/command_line/Options.h"
#include "llvm/Option/ArgList.h"

using namespace llvm;
using namespace llvm::opt;

namespace unsingleton {

/// `12`, `500K`, `20M`, `2G`; bytes.
static std::optional<uint64_t> sizeNamed(StringRef Text) {
  unsigned Shift = Text.consume_back("K")   ? 10
                   : Text.consume_back("M") ? 20
                   : Text.consume_back("G") ? 30
                                            : 0;
  uint64_t Number = 0;
  constexpr uint64_t Most = uint64_t(1) << 32;
  if (Text.getAsInteger(10, Number) || !Number || Number > Most)
    return std::nullopt;
  return Number << Shift;
}

Error readStoreOptions(const InputArgList &Parsed, CommandLine &Result) {
  Result.Cache = !Parsed.hasArg(OPT_no_cache);
  Result.CacheDir = Parsed.getLastArgValue(OPT_cache_dir).str();
  if (Parsed.hasArg(OPT_cache_dir) && Result.CacheDir.empty())
    return wrong("'--cache-dir' takes a folder");
  if (Parsed.hasArg(OPT_cache_size)) {
    StringRef Text = Parsed.getLastArgValue(OPT_cache_size);
    std::optional<uint64_t> Size = sizeNamed(Text);
    if (!Size)
      return wrong("'--cache-size' takes a number above 0 with K, M or G, not "
                   "'" +
                   Text + "'; for none see --no-cache");
    Result.CacheSize = *Size;
  }
  Result.Facts = Parsed.getLastArgValue(OPT_facts).str();
  if (Parsed.hasArg(OPT_facts) && Result.Facts.empty())
    return wrong("'--facts' takes a folder");
  for (OptionId Option : {OPT_since, OPT_since_merge_base})
    if (const Arg *A = Parsed.getLastArg(Option)) {
      StringRef Spelling = A->getSpelling().rtrim('=');
      if (!Result.Since.empty())
        return wrong("'--since' and '--since-merge-base': choose one of them");
      if (StringRef(A->getValue()).empty())
        return wrong("'" + Spelling + "' takes a revision");
      if (!Result.Facts.empty())
        return wrong("'" + Spelling +
                     "' parses changed units as they were and so needs -p, "
                     "not '--facts'");
      Result.Since = A->getValue();
      Result.SinceMergeBase = Option == OPT_since_merge_base;
    }
  if (!Result.Facts.empty() && !Result.Builds.empty())
    return wrong("'-p' and '--facts': choose one of them");
  if (Result.What == Command::Extract && Result.OutputFile.empty())
    return wrong("'extract' takes the folder to write to: -o DIR");
  if (Parsed.hasArg(OPT_shard)) {
    StringRef Text = Parsed.getLastArgValue(OPT_shard);
    auto [Index, Count] = Text.split('/');
    if (Index.getAsInteger(10, Result.Shard) ||
        Count.getAsInteger(10, Result.Shards) || !Result.Shard ||
        Result.Shard > Result.Shards || Result.Shards > 10000)
      return wrong("'--shard' takes I/N, from 1/N to N/N, not '" + Text + "'");
  }
  if (Result.What == Command::Cache) {
    if (Result.Paths.size() != 1 ||
        (Result.Paths.front() != "stats" && Result.Paths.front() != "clear"))
      return wrong("'cache' takes 'stats' or 'clear'");
    Result.CacheClear = Result.Paths.front() == "clear";
    Result.Paths.clear();
    if (Result.Builds.empty() && Result.CacheDir.empty())
      return wrong("which store? pass -p BUILD or --cache-dir DIR");
  }
  return Error::success();
}

} // namespace unsingleton
