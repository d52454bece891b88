//===- Opts.td - The command line of unsingleton --------------------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
include "llvm/Option/OptParser.td"

class F<string name, string help> : Flag<["--"], name>, HelpText<help>;
multiclass Eq<string name, string metavar, string help> {
  def NAME : Joined<["--"], name #"=">, MetaVarName<metavar>, HelpText<help>;
  def NAME #_separate : Separate<["--"], name>, Alias<!cast<Joined>(NAME)>;
}

def build : JoinedOrSeparate<["-"], "p">, MetaVarName<"BUILD">,
  HelpText<"Folder with compile_commands.json (may be given several times)">;
def jobs : JoinedOrSeparate<["-"], "j">, MetaVarName<"N">,
  HelpText<"Units parsed at once (default: all cores)">;
def output : JoinedOrSeparate<["-"], "o">, MetaVarName<"FILE">,
  HelpText<"Write the report to FILE">;
defm format : Eq<"format", "FORMAT[:FILE]",
  "text (default) or json; check also: sarif, github, gitlab, checkstyle, junit. With FILE one more report goes there (may be given several times)">;
def statistics : F<"statistics",
  "check: also count findings by rule, verdict, severity and refusal">;
defm color : Eq<"color", "WHEN",
  "Colours of text: auto (default), always or never">;
def snippets : F<"snippets",
  "Show the lines of source in text (default: on a terminal)">;
def no_snippets : F<"no-snippets", "Do not show them">;
defm root : Eq<"root", "DIR",
  "Root of the repository (default: found from the units)">;
def all : F<"all", "Also report singletons whose verdict is harmless">;
def quiet : F<"quiet", "No progress and no summary">;
def exit_zero : F<"exit-zero", "Exit with 0 although there are findings">;
def no_body_ledger : F<"no-body-ledger",
  "Let every unit read every function body (slower, same result)">;

defm cache_dir : Eq<"cache-dir", "DIR",
  "Where facts are kept from run to run (default: .unsingleton-cache in the first BUILD)">;
defm cache_size : Eq<"cache-size", "SIZE",
  "How much is kept there: a number with K, M or G (default: 2G)">;
def no_cache : F<"no-cache", "Keep no facts and use none: parse every unit">;
def verbose : Flag<["-"], "v">,
  HelpText<"Say what was parsed and how long each stage took">;
defm shard : Eq<"shard", "I/N",
  "extract: only the I-th of N parts of the units">;
defm facts : Eq<"facts", "DIR",
  "check, plan, explain: instead of parsing, use what 'extract' has written to DIR">;

defm only : Eq<"only", "NAME",
  "fix: only this singleton: qualified name, wildcard or fingerprint (may be given several times)">;
defm frontier : Eq<"frontier", "HOW",
  "fix, plan: what becomes of a singleton whose context would have to pass a function that can take none: refuse (default), or bridge: that function takes the thread's context">;
def dry_run : F<"dry-run", "fix: print a unified diff and write nothing">;
def allow_dirty : F<"allow-dirty",
  "fix: also with uncommitted changes in the work tree">;
defm patch : Eq<"patch", "FILE",
  "fix: write one diff to FILE instead of changing files">;
defm export_fixes : Eq<"export-fixes", "DIR",
  "fix: write YAML for clang-apply-replacements to DIR instead of changing files">;
defm series : Eq<"series", "DIR",
  "fix: write patches for 'git am' to DIR, one singleton each, instead of changing files">;
defm verify_command : Eq<"verify-command", "COMMAND",
  "fix: run COMMAND after the files are written; where it fails, find out with which singletons, and keep the others">;
defm html : Eq<"html", "FILE",
  "report: write one HTML file that needs no network">;
defm history : Eq<"history", "FILE",
  "report: add this run's counts to FILE, one JSON line a run, and draw them all">;
def unsafe_fixes : F<"unsafe-fixes",
  "fix: also where the program's behaviour may change">;

def help : Flag<["--", "-"], "help">, HelpText<"Print this text">;
def help_short : Flag<["-"], "h">, Alias<help>;
def version : F<"version", "Print the version">;
