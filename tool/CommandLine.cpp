//===- CommandLine.cpp - What the user asked for -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/CommandLine.h"
#include "checks/facts/Compat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Option/Option.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace llvm::opt;

namespace unsingleton {

namespace {
enum Id {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "Opts.inc"
#undef OPTION
};

// TableGen writes the table for the LLVM that it belongs to.
#if LLVM_VERSION_MAJOR >= 22
#define OPTTABLE_STR_TABLE_CODE
#include "Opts.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "Opts.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE
#else
#define PREFIX(NAME, VALUE)                                                    \
  constexpr StringLiteral NAME##_list[] = VALUE;                               \
  constexpr ArrayRef<StringLiteral> NAME(NAME##_list,                          \
                                         std::size(NAME##_list) - 1);
#include "Opts.inc"
#undef PREFIX
#endif

constexpr OptTable::Info InfoTable[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "Opts.inc"
#undef OPTION
};

class Options : public GenericOptTable {
public:
#if LLVM_VERSION_MAJOR >= 22
  Options() : GenericOptTable(OptionStrTable, OptionPrefixesTable, InfoTable) {}
#else
  Options() : GenericOptTable(InfoTable) {}
#endif
};

Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

constexpr StringLiteral CommandNames[] = {
    "check", "fix",     "plan",  "explain", "report",
    "undo",  "extract", "cache", "help",    "version"};

Expected<Command> commandNamed(StringRef Name) {
  std::optional<Command> Known = StringSwitch<std::optional<Command>>(Name)
                                     .Case("check", Command::Check)
                                     .Case("fix", Command::Fix)
                                     .Case("plan", Command::Plan)
                                     .Case("explain", Command::Explain)
                                     .Case("report", Command::Report)
                                     .Case("undo", Command::Undo)
                                     .Case("extract", Command::Extract)
                                     .Case("cache", Command::Cache)
                                     .Case("help", Command::Help)
                                     .Case("version", Command::Version)
                                     .Default(std::nullopt);
  if (Known)
    return *Known;
  StringRef Nearest;
  unsigned Best = 3;
  for (StringRef Candidate : CommandNames)
    if (unsigned D = Name.edit_distance(Candidate, true, Best); D < Best) {
      Best = D;
      Nearest = Candidate;
    }
  std::string Hint = Nearest.empty()
                         ? "; see --help"
                         : "; did you mean '" + Nearest.str() + "'?";
  return wrong("unknown command '" + Name + "'" + Hint);
}

/// Other commands tell what only they know, in a form that no standard has.
bool hasFormat(Command What, Format As) {
  if (What == Command::Check)
    return true;
  return As == Format::Text || (As == Format::Json && What != Command::Undo);
}

Error readFormat(StringRef Value, StringRef CommandName, CommandLine &To) {
  struct Named {
    StringLiteral Name;
    Format As;
  };
  static constexpr Named Known[] = {
#define FORMAT(ENUMERATOR, NAME, FUNCTION, SUMMARY) {NAME, Format::ENUMERATOR},
#include "tool/report/Formats.def"
#undef FORMAT
  };
  auto [Name, File] = Value.split(':');
  std::vector<std::string> Possible;
  for (const Named &F : Known)
    if (hasFormat(To.What, F.As))
      Possible.push_back("'" + F.Name.str() + "'");
  std::string Last = Possible.back();
  Possible.pop_back();
  std::string List =
      Possible.empty() ? Last : join(Possible, ", ") + " or " + Last;
  const auto *Found =
      find_if(Known, [&](const Named &F) { return F.Name == Name; });
  if (Found == std::end(Known))
    return wrong("unknown format '" + Name + "': " + List);
  if (!hasFormat(To.What, Found->As))
    return wrong("'" + CommandName + "' has no format '" + Name + "': " + List);
  if (!Value.contains(':')) {
    To.Output = Found->As;
    return Error::success();
  }
  if (File.empty())
    return wrong("'--format=" + Value + "': a file after the colon");
  if (To.What != Command::Check)
    return wrong("'--format=" + Value +
                 "': only 'check' writes several "
                 "reports; use -o");
  To.Extra.push_back({Found->As, File.str()});
  return Error::success();
}

/// Colours, snippets, counts.
Error readLooks(const InputArgList &Parsed, CommandLine &To) {
  StringRef Colour = Parsed.getLastArgValue(OPT_color, "auto");
  std::optional<Colours> Known = StringSwitch<std::optional<Colours>>(Colour)
                                     .Case("auto", Colours::Auto)
                                     .Case("always", Colours::Always)
                                     .Case("never", Colours::Never)
                                     .Default(std::nullopt);
  if (!Known)
    return wrong("'--color' takes 'auto', 'always' or 'never', not '" + Colour +
                 "'");
  To.Colour = *Known;
  if (const Arg *A = Parsed.getLastArg(OPT_snippets, OPT_no_snippets))
    To.Snippets = A->getOption().matches(OPT_snippets);
  To.Statistics = Parsed.hasArg(OPT_statistics);
  return Error::success();
}
} // namespace

/// What `report` writes, and that no other command does.
static Error readReportOptions(const InputArgList &Parsed,
                               CommandLine &Result) {
  bool Reports = Result.What == Command::Report;
  for (Id Option : {OPT_html, OPT_history})
    if (const Arg *A = Parsed.getLastArg(Option)) {
      StringRef Name = A->getSpelling().rtrim('=');
      if (!Reports)
        return wrong("'" + Name + "' is for 'report'");
      if (StringRef(A->getValue()).empty())
        return wrong("'" + Name + "' takes a path");
    }
  for (Id Option : {OPT_format, OPT_output})
    if (const Arg *A = Parsed.getLastArg(Option); A && Reports)
      return wrong("'" + A->getSpelling().rtrim('=') +
                   "' is not for 'report', which writes to --html FILE");
  Result.Html = Parsed.getLastArgValue(OPT_html).str();
  Result.History = Parsed.getLastArgValue(OPT_history).str();
  if (Reports && Result.Html.empty())
    return wrong("'report' needs the file to write: --html FILE");
  return Error::success();
}

void printHelp(raw_ostream &OS) {
  Options().printHelp(
      OS,
      "unsingleton check -p BUILD [PATH...]\n"
      "       unsingleton fix -p BUILD [--only NAME]... [--dry-run] [PATH...]\n"
      "       unsingleton plan -p BUILD [--only NAME]... [--frontier=bridge]\n"
      "       unsingleton explain NAME -p BUILD\n"
      "       unsingleton report -p BUILD --html FILE [--history FILE]\n"
      "       unsingleton undo [--root DIR]\n"
      "       unsingleton extract -p BUILD [--shard=I/N] -o DIR\n"
      "       unsingleton cache stats|clear -p BUILD",
      "finds mutable singletons in C++, shows which let one user's request "
      "see another's\ndata, and rewrites them into per-request factories");
  OS << "\nplan says what fix would do with each singleton and why, or what "
        "stands in its way,\nand ranks what blocks by how many singletons it "
        "blocks.\n";
  OS << "\nexplain shows one singleton whole: where it lives, who uses and who "
        "writes it,\nhow a request gets there, and what stands in the way of a "
        "fix. NAME is that of\nits accessor, storage or type (qualified, or "
        "the "
        "last part if only one is called\nso), with * for any text, or a "
        "fingerprint.\n";
  OS << "\nreport writes all of it into one HTML file that needs no network: "
        "the findings, the\npaths of requests to them, what blocks whom, and "
        "the diff that fix would make.\nWith --history it adds this run's "
        "counts to FILE and draws them all.\n";
  OS << "\nundo takes the last fix back, byte for byte, also one that was "
        "interrupted; again,\nthe one before. It looks for the fix from here "
        "upwards, or below --root.\n";
  OS << "\nextract writes the facts of all units, or of the I-th of N parts, "
        "to a "
        "folder. With\nall parts there, 'check --facts DIR' says what 'check "
        "-p "
        "BUILD' would, and so do plan\nand explain: the parts may come from "
        "several machines.\n";
  OS << "\ncache shows or clears what is kept from run to run, so that only "
        "changed units are\nparsed.\n";
  OS << "\nExit status: 0 nothing to report, 1 findings (or refusals, for "
        "fix),\n2 wrong usage or configuration, 3 some units could not be "
        "analysed.\n";
}

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

/// What concerns facts that are kept.
static Error parseStore(const InputArgList &Parsed, CommandLine &Result) {
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

Expected<CommandLine> parseCommandLine(ArrayRef<const char *> Arguments) {
  Options Table;
  unsigned MissingIndex = 0;
  unsigned MissingCount = 0;
  InputArgList Parsed = Table.ParseArgs(Arguments, MissingIndex, MissingCount);
  CommandLine Result;
  if (Parsed.hasArg(OPT_help))
    return Result;
  if (Parsed.hasArg(OPT_version)) {
    Result.What = Command::Version;
    return Result;
  }
  if (MissingCount)
    return wrong("'" + Twine(Parsed.getArgString(MissingIndex)) +
                 "' needs a value");
  for (const Arg *Unknown : Parsed.filtered(OPT_UNKNOWN)) {
    std::string Text = Unknown->getAsString(Parsed);
    std::string Nearest;
    bool Near = Table.findNearest(Text, Nearest) <= 2;
    return wrong("unknown option '" + Text + "'" +
                 (Near ? "; did you mean '" + Nearest + "'?" : "; see --help"));
  }
  std::vector<std::string> Inputs = Parsed.getAllArgValues(OPT_INPUT);
  if (Inputs.empty())
    return wrong(
        "no command given: 'check', 'fix', 'plan', 'explain', 'report' or "
        "'undo'; see --help");
  Expected<Command> What = commandNamed(Inputs.front());
  if (!What)
    return What.takeError();
  Result.What = *What;
  Result.Paths.assign(Inputs.begin() + 1, Inputs.end());
  if (Result.What == Command::Explain) {
    if (Result.Paths.size() != 1)
      return wrong("'explain' takes the name of one singleton: unsingleton "
                   "explain NAME -p BUILD");
    Result.Name = std::move(Result.Paths.front());
    Result.Paths.clear();
  }
  Result.Builds = Parsed.getAllArgValues(OPT_build);
  for (const std::string &Value : Parsed.getAllArgValues(OPT_format))
    if (Error E = readFormat(Value, Inputs.front(), Result))
      return std::move(E);
  if (Error E = readLooks(Parsed, Result))
    return std::move(E);
  StringRef Jobs = Parsed.getLastArgValue(OPT_jobs, "0");
  if (Jobs.getAsInteger(10, Result.Jobs) ||
      (Parsed.hasArg(OPT_jobs) && !Result.Jobs) || Result.Jobs > 1024)
    return wrong("'-j' takes a number from 1 to 1024, not '" + Jobs + "'");
  Result.OutputFile = Parsed.getLastArgValue(OPT_output).str();
  Result.Root = Parsed.getLastArgValue(OPT_root).str();
  Result.All = Parsed.hasArg(OPT_all);
  Result.Quiet = Parsed.hasArg(OPT_quiet);
  Result.ExitZero = Parsed.hasArg(OPT_exit_zero);
  Result.BodyLedger = !Parsed.hasArg(OPT_no_body_ledger);
  Result.Verbose = Parsed.hasArg(OPT_verbose);
  if (Error E = parseStore(Parsed, Result))
    return std::move(E);
  Result.Only = Parsed.getAllArgValues(OPT_only);
  Result.DryRun = Parsed.hasArg(OPT_dry_run);
  Result.AllowDirty = Parsed.hasArg(OPT_allow_dirty);
  Result.UnsafeFixes = Parsed.hasArg(OPT_unsafe_fixes);
  StringRef Frontier = Parsed.getLastArgValue(OPT_frontier, "refuse");
  if (Frontier != "refuse" && Frontier != "bridge")
    return wrong("unknown frontier '" + Frontier + "': 'refuse' or 'bridge'");
  Result.Bridge = Frontier == "bridge";
  Result.VerifyCommand = Parsed.getLastArgValue(OPT_verify_command).str();
  if (Parsed.hasArg(OPT_verify_command) && Result.VerifyCommand.empty())
    return wrong("'--verify-command' takes a command");
  const Arg *WayOut = nullptr;
  for (Id Option : {OPT_dry_run, OPT_patch, OPT_export_fixes, OPT_series})
    if (const Arg *A = Parsed.getLastArg(Option)) {
      if (WayOut)
        return wrong("'" + WayOut->getSpelling().rtrim('=') + "' and '" +
                     A->getSpelling().rtrim('=') + "': choose one of them");
      if (Option != OPT_dry_run && StringRef(A->getValue()).empty())
        return wrong("'" + A->getSpelling().rtrim('=') + "' takes a path");
      WayOut = A;
    }
  Result.Patch = Parsed.getLastArgValue(OPT_patch).str();
  Result.ExportFixes = Parsed.getLastArgValue(OPT_export_fixes).str();
  Result.Series = Parsed.getLastArgValue(OPT_series).str();
  if (!Result.VerifyCommand.empty() && WayOut)
    return wrong("'--verify-command' is run on changed files, and '" +
                 WayOut->getSpelling().rtrim('=') + "' changes none");
  if (Result.What == Command::Undo && !Result.Paths.empty())
    return wrong("'undo' takes the last fix back as a whole, not '" +
                 Result.Paths.front() + "' alone");
  if (Error E = readReportOptions(Parsed, Result))
    return std::move(E);
  bool Fixes = Result.What == Command::Fix;
  bool Reports = Result.What == Command::Report;
  bool Plans = Fixes || Result.What == Command::Plan;
  bool Analyses = Plans || Reports || Result.What == Command::Check ||
                  Result.What == Command::Explain ||
                  Result.What == Command::Extract;
  if (Analyses && Result.Builds.empty() && Result.Facts.empty())
    return wrong("no compilation database: pass -p BUILD, a folder with "
                 "compile_commands.json");
  if (Result.Statistics && Result.What != Command::Check)
    return wrong("'--statistics' is for 'check', not '" + Inputs.front() + "'");
  for (auto [Option, Allowed] :
       {std::pair(OPT_only, Plans), std::pair(OPT_frontier, Plans || Reports),
        std::pair(OPT_unsafe_fixes, Plans || Reports),
        std::pair(OPT_dry_run, Fixes), std::pair(OPT_allow_dirty, Fixes),
        std::pair(OPT_verify_command, Fixes), std::pair(OPT_patch, Fixes),
        std::pair(OPT_export_fixes, Fixes), std::pair(OPT_series, Fixes)})
    if (!Allowed)
      if (const Arg *A = Parsed.getLastArg(Option))
        return wrong("'" + A->getSpelling().rtrim('=') +
                     "' is for 'fix', not '" + Inputs.front() + "'");
  if (!Result.Facts.empty() && Result.What != Command::Check &&
      Result.What != Command::Plan && Result.What != Command::Explain)
    return wrong("'--facts' is for 'check', 'plan' and 'explain', not '" +
                 Inputs.front() + "'");
  if (Parsed.hasArg(OPT_shard) && Result.What != Command::Extract)
    return wrong("'--shard' is for 'extract', not '" + Inputs.front() + "'");
  return Result;
}

} // namespace unsingleton
