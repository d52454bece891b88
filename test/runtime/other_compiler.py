#!/usr/bin/env python3
"""Compile suites with another compiler than the build's, and run them.

That it accepts the headers is language_modes.py's business; what it makes of
them is this one's: order of evaluation, elision, destructors when something is
thrown, coroutine frames.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

FLAGS = ["-O0", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
STANDARD = {"coroutine_test": "20"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--library", action="append", default=[], help="to link with")
    parser.add_argument("sources", nargs="+")
    args = parser.parse_args()

    with tempfile.TemporaryDirectory() as directory:
        def compile_one(source):
            name = pathlib.Path(source).stem
            made = f"{directory}/{name}.o"
            subprocess.run([args.compiler, f"-std=c++{STANDARD.get(name, '17')}", *FLAGS,
                            "-I", args.include, "-c", source, "-o", made], check=True)
            return made

        program = f"{directory}/suites"
        try:
            with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                objects = list(pool.map(compile_one, args.sources))
            subprocess.run([args.compiler, *objects, *args.library, "-pthread", "-o", program],
                           check=True)
        except subprocess.CalledProcessError as error:
            return f"{args.compiler} failed with status {error.returncode}"
        return subprocess.run([program, "--gtest_brief=1"]).returncode


if __name__ == "__main__":
    sys.exit(main())
