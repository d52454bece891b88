#!/usr/bin/env python3
"""series.py REPO SERIES [FLAG...]: applies the patches of a series by `git am`, one by one.

After each, all sources of the repository are compiled as C++17 without a warning under -Wall
-Wextra, linked, and run; what the program prints must stay the same. Prints each commit's subject
and its names of files. Exits with 1 where something fails.
"""
import os
import subprocess
import sys
from pathlib import Path


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"FAIL: '{' '.join(map(str, command))}' ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def printed(repo, flags):
    sources = sorted(str(path) for path in repo.rglob("*.cpp"))
    program = repo.parent / "program"
    run(os.environ["CLANGXX"], "-std=c++17", "-pthread", f"-I{os.environ['ISOLATION_INCLUDE']}", *flags, "-Wall", "-Wextra",
        "-Werror", *sources, "-o", str(program), cwd=repo)
    return run(str(program), cwd=repo)


def main():
    repo, series, *flags = sys.argv[1:]
    repo, series = Path(repo).resolve(), Path(series).resolve()
    before = printed(repo, flags)
    for patch in sorted(series.iterdir()):
        run("git", "am", "--quiet", "--keep-cr", str(patch), cwd=repo)
        print(f"{patch.name}: {run('git', 'log', '-1', '--format=%s', cwd=repo).strip()}")
        now = printed(repo, flags)
        if now != before:
            sys.exit(f"FAIL: after '{patch.name}' the program prints\n{now}instead of\n{before}")


if __name__ == "__main__":
    main()
