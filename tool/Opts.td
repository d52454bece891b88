//===- Opts.td - The command line of unsingleton --------------------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each option says which commands take it; all else (what is refused, what is
// shown and completed) follows. Commands are those of command_line/Commands.def.
//
//===----------------------------------------------------------------------===//
include "llvm/Option/OptParser.td"

def CheckVis : OptionVisibility;
def FixVis : OptionVisibility;
def PlanVis : OptionVisibility;
def ExplainVis : OptionVisibility;
def ReportVis : OptionVisibility;
def UndoVis : OptionVisibility;
def ExtractVis : OptionVisibility;
def CacheVis : OptionVisibility;
def BaselineVis : OptionVisibility;
def InitVis : OptionVisibility;

defvar Fixes = [FixVis];
defvar Plans = [FixVis, PlanVis, ReportVis];
defvar Judges = [CheckVis, FixVis, PlanVis, ExplainVis, ReportVis];
defvar Parses = !listconcat(Judges, [ExtractVis, BaselineVis]);
defvar Prints = [CheckVis, FixVis, PlanVis, ExplainVis, CacheVis];
defvar Everywhere = !listconcat(Parses, [UndoVis, CacheVis, DefaultVis]);

class F<string name, string help, list<OptionVisibility> commands>
  : Flag<["--"], name>, HelpText<help>, Visibility<commands>;
multiclass Eq<string name, string metavar, string help,
              list<OptionVisibility> commands, string values = ""> {
  def NAME : Joined<["--"], name #"=">, MetaVarName<metavar>, HelpText<help>,
    Visibility<commands>, Values<values>;
  def NAME #_separate : Separate<["--"], name>, Alias<!cast<Joined>(NAME)>,
    Visibility<commands>;
}

def build : JoinedOrSeparate<["-"], "p">, MetaVarName<"BUILD">,
  Visibility<!listconcat(Parses, [CacheVis, InitVis])>,
  HelpText<"Folder with compile_commands.json (may be given several times)">;
def jobs : JoinedOrSeparate<["-"], "j">, MetaVarName<"N">, Visibility<Parses>,
  HelpText<"Units parsed at once (default: all cores)">;
def output : JoinedOrSeparate<["-"], "o">, MetaVarName<"FILE">,
  Visibility<!listconcat(Prints, [ExtractVis, BaselineVis])>,
  HelpText<"Write the report to FILE; extract: the facts to that folder">;
defm format : Eq<"format", "FORMAT[:FILE]",
  "text (default) or json; check also: sarif, github, gitlab, checkstyle, junit. With FILE one more report goes there (may be given several times)",
  Prints>;
def statistics : F<"statistics",
  "Also count findings by rule, verdict, severity and refusal", [CheckVis]>;
defm baseline : Eq<"baseline", "FILE",
  "Report only what is new against FILE or has got worse, and fail where less is left than FILE says",
  [CheckVis]>;
def prune : F<"prune", "Remove from the baseline what is gone", [CheckVis]>;
def accept_configuration : F<"accept-configuration",
  "Write today's options and rules into the baseline", [CheckVis]>;
defm color : Eq<"color", "WHEN",
  "Colours of text: auto (default), always or never", Prints,
  "auto,always,never">;
def snippets : F<"snippets",
  "Show the lines of source in text (default: on a terminal)", Prints>;
def no_snippets : F<"no-snippets", "Do not show them", Prints>;
defm root : Eq<"root", "DIR",
  "Root of the repository (default: found from the units)",
  !listconcat(Parses, [UndoVis, InitVis])>;
def all : F<"all", "Also report singletons whose verdict is harmless", Judges>;
def quiet : F<"quiet", "No progress and no summary", Everywhere>;
def exit_zero : F<"exit-zero", "Exit with 0 although there are findings",
  Judges>;
def watch : F<"watch", "Check again whenever a file is saved, until Ctrl-C",
  [CheckVis]>;
def no_body_ledger : F<"no-body-ledger",
  "Let every unit read every function body (slower, same result)", Parses>;

defm cache_dir : Eq<"cache-dir", "DIR",
  "Where facts are kept from run to run (default: .unsingleton-cache in the first BUILD)",
  !listconcat(Parses, [CacheVis])>;
defm cache_size : Eq<"cache-size", "SIZE",
  "How much is kept there: a number with K, M or G (default: 2G)", Parses>;
def no_cache : F<"no-cache", "Keep no facts and use none: parse every unit",
  Parses>;
def verbose : Flag<["-"], "v">, Visibility<Parses>,
  HelpText<"Say what was parsed and how long each stage took">;
defm since : Eq<"since", "REV",
  "Report only what is new in the work tree against a git revision",
  [CheckVis]>;
defm since_merge_base : Eq<"since-merge-base", "REV",
  "The same against the commit where this branch and REV part", [CheckVis]>;
defm shard : Eq<"shard", "I/N", "Only the I-th of N parts of the units",
  [ExtractVis]>;
defm facts : Eq<"facts", "DIR",
  "Instead of parsing, use what 'extract' has written to DIR",
  [CheckVis, PlanVis, ExplainVis]>;

defm only : Eq<"only", "NAME",
  "Only this singleton: qualified name, wildcard or fingerprint (may be given several times)",
  [FixVis, PlanVis]>;
defm frontier : Eq<"frontier", "HOW",
  "What becomes of a singleton whose context would have to pass a function that can take none: refuse (default), or bridge: that function takes the thread's context",
  Plans, "refuse,bridge">;
defm compat : Eq<"compat", "HOW",
  "What callers outside the compilation database find: none (default), or forwarder: the old accessor, deprecated, which takes the thread's context",
  Plans, "none,forwarder">;
def ignore_unseen : F<"ignore-unseen",
  "Migrate also what code names that no unit compiles, and leave that code as it is",
  Plans>;
defm plan_file : Eq<"plan-file", "FILE",
  "Verify the plan and write it to FILE, for option isolation.PlanFile of the clang-tidy plugin",
  [PlanVis]>;
def dry_run : F<"dry-run", "Print a unified diff and write nothing", Fixes>;
def allow_dirty : F<"allow-dirty",
  "Also with uncommitted changes in the work tree", Fixes>;
defm patch : Eq<"patch", "FILE",
  "Write one diff to FILE instead of changing files", Fixes>;
defm export_fixes : Eq<"export-fixes", "DIR",
  "Write YAML for clang-apply-replacements to DIR instead of changing files",
  Fixes>;
defm series : Eq<"series", "DIR",
  "Write patches for 'git am' to DIR instead of changing files: each singleton in up to four stages that build one by one",
  Fixes>;
defm verify_command : Eq<"verify-command", "COMMAND",
  "Run COMMAND after the files are written; where it fails, find out with which singletons, and keep the others",
  Fixes>;
def unsafe_fixes : F<"unsafe-fixes",
  "Also where the program's behaviour may change", Plans>;
defm html : Eq<"html", "FILE", "Write one HTML file that needs no network",
  [ReportVis]>;
defm history : Eq<"history", "FILE",
  "Add this run's counts to FILE, one JSON line a run, and draw them all",
  [ReportVis]>;

def help : Flag<["--", "-"], "help">,
  Visibility<!listconcat(Everywhere, [InitVis])>,
  HelpText<"Describe the command, or all of them">;
def help_short : Flag<["-"], "h">, Alias<help>,
  Visibility<!listconcat(Everywhere, [InitVis])>;
def version : F<"version", "Print the version", [DefaultVis]>;
