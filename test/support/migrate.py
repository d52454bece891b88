#!/usr/bin/env python3
"""migrate.py DIR [--expect-status=N] [OPTION...]: runs `unsingleton fix` on a copy of DIR.

Proves what every migration must keep, then leaves the migrated tree in DIR.out:
  - a second run edits nothing;
  - one thread or two, units in reverse order, and no body ledger give the same bytes:
    another run changes all three at once, and where it differs, one run for each says
    which it was;
  - the result compiles without a warning under -Wall -Wextra.
MIGRATE_BRIEFLY=1 leaves the last two out: for another version of LLVM, which is to
give the same bytes.
Prints what `fix` printed. Exits with 1 if any of that fails.
"""
import json
import os
import shutil
import subprocess
import sys


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def tree(folder):
    found = {}
    for root, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(root, name)
            if name != "compile_commands.json" and "/.unsingleton" not in root:
                with open(path, "rb") as source:
                    found[os.path.relpath(path, folder)] = source.read()
    return found


def relocated(source, target, reverse):
    """A copy of the project whose compile database points into the copy."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)
    # Whatever lies above the build folder must not decide how results look.
    style = os.path.join(target, ".clang-format")
    if not os.path.exists(style):
        with open(style, "w") as out:
            out.write("BasedOnStyle: LLVM\n")
    database = os.path.join(target, "compile_commands.json")
    with open(database) as stored:
        entries = json.loads(stored.read().replace(source, target))
    if reverse:
        entries.reverse()
    with open(database, "w") as stored:
        json.dump(entries, stored)
    return entries


# What must change no byte: options of `fix`, and whether the units are reversed.
FIRST = (["-j1"], False)
SECOND = (["-j2", "--no-body-ledger"], True)
ONE_BY_ONE = [(["-j2"], False), (["-j1"], True), (["-j1", "--no-body-ledger"], False)]


def main():
    source = os.path.abspath(sys.argv[1])
    options = sys.argv[2:]
    expected = 0
    if options and options[0].startswith("--expect-status="):
        expected = int(options.pop(0).split("=")[1])
    tool = os.environ["UNSINGLETON"]
    failures = []
    out = source + ".out"

    def fixed(variant, target):
        extra, reverse = variant
        entries = relocated(source, target, reverse)
        result = run(tool, "fix", "-p", target, "--root", target, "--allow-dirty", *extra, *options)
        if result.returncode != expected:
            failures.append(f"fix {extra} exited with {result.returncode}, not {expected}\n{result.stderr}")
        return result, entries, tree(target)

    def same(variant):
        target = f"{source}.variant"
        *_, files = fixed(variant, target)
        shutil.rmtree(target)
        return files == first

    result, units, first = fixed(FIRST, out)
    sys.stdout.write(result.stdout.replace(out + "/", ""))
    sys.stderr.write(result.stderr)
    briefly = os.environ.get("MIGRATE_BRIEFLY") == "1"
    if not briefly and not same(SECOND):
        guilty = [variant for variant in ONE_BY_ONE if not same(variant)] or [SECOND]
        failures += [f"fix {extra} (units reversed: {reverse}) gave other bytes" for extra, reverse in guilty]
    for unit in units if not briefly else []:
        language = "c" if unit["arguments"][0] == "gcc" else "c++"
        compiled = run(os.environ["CLANGXX"], "-x", language, *[a for a in unit["arguments"][1:] if a != "-c"], "-fsyntax-only", "-Wall", "-Wextra",
                       "-Werror", "-Wno-unused-function", cwd=unit["directory"])
        if compiled.returncode:
            failures.append(f"{unit['file']} does not compile after the fix:\n{compiled.stderr}")
    again = run(tool, "fix", "-p", out, "--root", out, "--allow-dirty", *options)
    if tree(out) != first:
        failures.append(f"a second run edits again:\n{again.stdout}")
    for failure in failures:
        print("FAIL:", failure, file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
