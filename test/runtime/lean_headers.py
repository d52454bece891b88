#!/usr/bin/env python3
"""See to it that the main headers include no expensive standard header.

What they cost to compile is measured by test/bench/runtime/compile_cost.py; a
time is nothing to assert on, what they include is.
"""

import argparse
import os
import subprocess
import sys
from pathlib import PurePath

HEADERS = ["isolation/user_execution_context.h", "isolation/per_request.h"]
EXPENSIVE = {"mutex", "chrono", "condition_variable", "thread", "future", "functional", "vector",
             "map", "unordered_map", "sstream", "iostream", "ostream", "format", "regex"}


def included(command, header):
    made = subprocess.run([*command, "-M", "-x", "c++", "-"], input=f"#include <{header}>\n",
                          text=True, capture_output=True, check=True)
    return [PurePath(path) for path in made.stdout.replace("\\\n", " ").split()[1:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    args = parser.parse_args()
    command = [args.compiler, "-std=c++17", "-DNDEBUG", f"-I{args.include}"]
    # What the yardstick has in any case is no fault of theirs.
    paths = included(command, "memory") + included(command, "string")
    given = {path.name for path in paths}
    failures = 0
    for header in HEADERS:
        found = sorted({path.name for path in included(command, header)} & (EXPENSIVE - given))
        if found:
            failures += 1
            print(f"<{header}> includes <{'>, <'.join(found)}>")
    print(f"{len(HEADERS)} headers, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C"
    sys.exit(main())
