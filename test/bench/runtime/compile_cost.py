#!/usr/bin/env python3
"""Compare the compile time of the main headers with the standard headers'.

The yardstick is <memory> + <string> + <mutex>; each is compiled several times
in turn, and the fastest time of each is taken, which a busy machine disturbs
least. CPU time, not wall time. The header that includes all others is measured
too; no limit holds for it, nor for checked builds.
"""

import argparse
import os
import subprocess
import sys

YARDSTICK = "#include <memory>\n#include <string>\n#include <mutex>\n"
HEADERS = ["isolation/user_execution_context.h", "isolation/per_request.h"]
EVERYTHING = "isolation/isolation.h"


def cpu_seconds(command, text):
    before = os.times()
    subprocess.run(command, input=text, text=True, check=True)
    after = os.times()
    return (after.children_user - before.children_user +
            after.children_system - before.children_system)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--most", type=float, default=float("inf"),
                        help="fail above that ratio")
    parser.add_argument("--checked", action="store_true",
                        help="as a build without NDEBUG compiles them")
    parser.add_argument("--rounds", type=int, default=9)
    args = parser.parse_args()
    command = [args.compiler, "-std=c++17", "-O0", "-c", "-I", args.include,
               "-x", "c++", "-o", os.devnull, "-"]
    if not args.checked:
        command.insert(1, "-DNDEBUG")

    texts = {"yardstick": YARDSTICK}
    texts |= {name: f"#include <{name}>\n" for name in [*HEADERS, EVERYTHING]}
    best = dict.fromkeys(texts, float("inf"))
    for _ in range(args.rounds):
        for name, text in texts.items():
            best[name] = min(best[name], cpu_seconds(command, text))

    failures = 0
    for name in [*HEADERS, EVERYTHING]:
        ratio = best[name] / best["yardstick"]
        print(f"<{name}>: {ratio:.2f} of <memory> + <string> + <mutex>")
        failures += name != EVERYTHING and ratio > args.most
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
