#!/usr/bin/env python3
"""Compile each case of some files and look for the error it must give.

A case is a line `#ifdef NAME // error: TEXT`. Without any case its file must
compile; with one it must not, and the compiler must say TEXT.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()

    def compile_with(file, case):
        command = [args.compiler, "-std=c++17", "-fsyntax-only", "-Wall",
                   "-Werror", "-DNDEBUG", "-I", args.include]
        if case:
            command += ["-D", case]
        done = subprocess.run(command + [file], text=True,
                              stderr=subprocess.PIPE,
                              env={**os.environ, "LC_ALL": "C"})
        return done.returncode == 0, done.stderr

    cases = []
    failures = []
    for file in args.files:
        with open(file, encoding="utf-8") as source:
            cases += [(file, *case) for case in re.findall(
                r"^#ifdef (\w+) // error: (.+)$", source.read(), re.MULTILINE)]
        compiled, said = compile_with(file, None)
        if not compiled:
            failures.append(f"{file} does not compile without any case:\n{said}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: compile_with(*case[:2]), cases))
    for (_, name, expected), (compiled, said) in zip(cases, results):
        if compiled:
            failures.append(f"{name} compiles")
        elif expected not in said:
            failures.append(f"{name} does not say '{expected}' but:\n{said}")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(cases)} cases, {len(failures)} failures")
    return 1 if failures or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
