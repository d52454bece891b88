//===- CommandLine.cpp - What the user asked for -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/CommandLine.h"
#include "checks/facts/Compat.h"
#include "tool/command_line/Help.h"
#include "tool/command_line/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace llvm::opt;

namespace unsingleton {

namespace {
/// "'a', 'b' or 'c'".
std::string quotedList(ArrayRef<StringRef> Names, StringRef Last) {
  std::string Result;
  for (auto [I, Name] : enumerate(Names)) {
    if (I)
      Result += I + 1 == Names.size() ? (" " + Last + " ").str() : ", ";
    Result += ("'" + Name + "'").str();
  }
  return Result;
}

Expected<const CommandInfo *> readCommand(StringRef Name) {
  if (const CommandInfo *Known = commandNamed(Name))
    return Known;
  StringRef Nearest;
  unsigned Best = 3;
  for (const CommandInfo &Candidate : allCommands())
    if (unsigned D = Name.edit_distance(Candidate.Name, true, Best); D < Best) {
      Best = D;
      Nearest = Candidate.Name;
    }
  std::string Hint = Nearest.empty()
                         ? "; see --help"
                         : "; did you mean '" + Nearest.str() + "'?";
  return wrong("unknown command '" + Name + "'" + Hint);
}

/// An option that the command does not take is an error, not without effect.
Error checkOptions(const OptionTable &Table, const InputArgList &Parsed,
                   const CommandInfo &C) {
  for (const Arg *A : Parsed) {
    if (A->getOption().matches(OPT_UNKNOWN)) {
      std::string Text = A->getAsString(Parsed);
      std::string Nearest;
      bool Near = Table.findNearest(Text, Nearest,
                                    Visibility(visibilityOf(C.What))) <= 2;
      return wrong(
          "unknown option '" + Text + "'" +
          (Near ? "; did you mean '" + Nearest + "'?" : "; see --help"));
    }
    if (A->getOption().matches(OPT_INPUT) ||
        A->getOption().hasVisibilityFlag(visibilityOf(C.What)))
      continue;
    StringRef Name = StringRef(A->getSpelling()).rtrim('=');
    SmallVector<StringRef, 8> Takers;
    for (const CommandInfo &Other : allCommands())
      if (A->getOption().hasVisibilityFlag(visibilityOf(Other.What)))
        Takers.push_back(Other.Name);
    if (Takers.size() > 3)
      return wrong("'" + C.Name + "' does not take '" + Name +
                   "'; see 'unsingleton " + C.Name + " --help'");
    return wrong("'" + Name + "' is for " + quotedList(Takers, "and") +
                 ", not '" + C.Name + "'");
  }
  return Error::success();
}

/// Other commands tell what only they know, in a form that no standard has.
bool hasFormat(Command What, Format As) {
  if (What == Command::Check)
    return true;
  if (What == Command::Baseline)
    return As == Format::Json; // it writes one thing
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
  SmallVector<StringRef, 8> Possible;
  for (const Named &F : Known)
    if (hasFormat(To.What, F.As))
      Possible.push_back(F.Name);
  std::string List = quotedList(Possible, "or");
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

Error readBaselineOptions(const InputArgList &Parsed, CommandLine &To) {
  To.Baseline = Parsed.getLastArgValue(OPT_baseline).str();
  To.Prune = Parsed.hasArg(OPT_prune);
  To.AcceptConfiguration = Parsed.hasArg(OPT_accept_configuration);
  if (Parsed.hasArg(OPT_baseline) && To.Baseline.empty())
    return wrong("'--baseline' takes a file");
  for (auto [Given, Name] :
       {std::pair(To.Prune, "--prune"),
        {To.AcceptConfiguration, "--accept-configuration"}})
    if (Given && To.Baseline.empty())
      return wrong("'" + Twine(Name) +
                   "' changes a baseline: name it with "
                   "--baseline FILE");
  if (To.Prune && !To.Paths.empty())
    return wrong("'--prune' looks at the whole project, not at '" +
                 To.Paths.front() + "' alone");
  if (To.What == Command::Baseline && !To.Paths.empty())
    return wrong("'baseline' is of the whole project, not of '" +
                 To.Paths.front() + "' alone");
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
  for (OptionId Option : {OPT_html, OPT_history})
    if (const Arg *A = Parsed.getLastArg(Option);
        A && StringRef(A->getValue()).empty())
      return wrong("'" + StringRef(A->getSpelling()).rtrim('=') +
                   "' takes a path");
  Result.Html = Parsed.getLastArgValue(OPT_html).str();
  Result.History = Parsed.getLastArgValue(OPT_history).str();
  if (Result.What == Command::Report && Result.Html.empty())
    return wrong("'report' needs the file to write: --html FILE");
  return Error::success();
}

/// What is written to be read by scripts, and no help mentions.
static std::optional<Command> hiddenCommand(StringRef Name) {
  return StringSwitch<std::optional<Command>>(Name)
      .Case("__complete", Command::Candidates)
      .Case("__manual", Command::Manual)
      .Case("__markdown", Command::Markdown)
      .Default(std::nullopt);
}

/// `help COMMAND` and `completion SHELL`.
static Error readWords(CommandLine &Result) {
  Result.Words = std::move(Result.Paths);
  Result.Paths.clear();
  if (Result.What == Command::Completion &&
      (Result.Words.size() != 1 ||
       completionScript(Result.Words.front()).empty()))
    return wrong("'completion' takes 'bash', 'zsh' or 'fish'");
  if (Result.What == Command::Help && !Result.Words.empty())
    if (auto Known = readCommand(Result.Words.front()); !Known)
      return Known.takeError();
  return Error::success();
}

/// For whoever has not said it: where one lies, or who writes one.
static std::string whereDatabaseIs() {
  for (StringRef Folder : {"build", "."})
    if (sys::fs::exists(Folder + "/compile_commands.json"))
      return ("; here that is '-p " + Folder + "'").str();
  return "; CMake writes one with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";
}

Expected<CommandLine> parseCommandLine(ArrayRef<const char *> Arguments) {
  CommandLine Result;
  if (!Arguments.empty())
    if (std::optional<Command> Hidden = hiddenCommand(Arguments.front())) {
      Result.What = *Hidden;
      Result.Words.assign(Arguments.begin() + 1, Arguments.end());
      return Result;
    }
  OptionTable Table;
  unsigned MissingIndex = 0;
  unsigned MissingCount = 0;
  InputArgList Parsed =
      Table.ParseArgs(Arguments, MissingIndex, MissingCount, Visibility(~0U));
  std::vector<std::string> Inputs = Parsed.getAllArgValues(OPT_INPUT);
  if (Parsed.hasArg(OPT_help)) {
    if (!Inputs.empty() && commandNamed(Inputs.front()))
      Result.Words = {Inputs.front()};
    return Result;
  }
  if (Parsed.hasArg(OPT_version)) {
    Result.What = Command::Version;
    return Result;
  }
  if (MissingCount)
    return wrong("'" + Twine(Parsed.getArgString(MissingIndex)) +
                 "' needs a value");
  if (Inputs.empty()) {
    SmallVector<StringRef, 16> Names;
    for (const CommandInfo &C : allCommands())
      Names.push_back(C.Name);
    return wrong("no command given: " + quotedList(Names, "or") +
                 "; see --help");
  }
  Expected<const CommandInfo *> What = readCommand(Inputs.front());
  if (!What)
    return What.takeError();
  Result.What = (*What)->What;
  if (Error E = checkOptions(Table, Parsed, **What))
    return std::move(E);
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
  Result.Watch = Parsed.hasArg(OPT_watch);
  if (Result.Watch && Parsed.hasArg(OPT_facts))
    return wrong("'--watch' parses what is saved and so needs -p, not "
                 "'--facts'");
  if (Error E = readStoreOptions(Parsed, Result))
    return std::move(E);
  Result.Only = Parsed.getAllArgValues(OPT_only);
  Result.DryRun = Parsed.hasArg(OPT_dry_run);
  Result.AllowDirty = Parsed.hasArg(OPT_allow_dirty);
  Result.IgnoreUnseen = Parsed.hasArg(OPT_ignore_unseen);
  Result.UnsafeFixes = Parsed.hasArg(OPT_unsafe_fixes);
  StringRef Frontier = Parsed.getLastArgValue(OPT_frontier, "refuse");
  if (Frontier != "refuse" && Frontier != "bridge")
    return wrong("unknown frontier '" + Frontier + "': 'refuse' or 'bridge'");
  Result.Bridge = Frontier == "bridge";
  StringRef Compat = Parsed.getLastArgValue(OPT_compat, "none");
  if (Compat != "none" && Compat != "forwarder")
    return wrong("unknown compat '" + Compat + "': 'none' or 'forwarder'");
  Result.PlanFile = Parsed.getLastArgValue(OPT_plan_file).str();
  Result.Forwarders = Compat == "forwarder";
  Result.VerifyCommand = Parsed.getLastArgValue(OPT_verify_command).str();
  if (Parsed.hasArg(OPT_verify_command) && Result.VerifyCommand.empty())
    return wrong("'--verify-command' takes a command");
  const Arg *WayOut = nullptr;
  for (OptionId Option : {OPT_dry_run, OPT_patch, OPT_export_fixes, OPT_series})
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
  bool Analyses = infoOf(Result.What).Arguments.contains("-p BUILD") &&
                  Result.What != Command::Cache;
  if (Analyses && Result.Builds.empty() && Result.Facts.empty())
    return wrong("no compilation database: pass -p BUILD, a folder with "
                 "compile_commands.json" +
                 whereDatabaseIs());
  if (Error E = readBaselineOptions(Parsed, Result))
    return std::move(E);
  if (Result.What == Command::Help || Result.What == Command::Completion)
    if (Error E = readWords(Result))
      return std::move(E);
  return Result;
}

} // namespace unsingleton
