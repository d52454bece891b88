#!/usr/bin/env python3
"""run_docs.py [--section HEADING | --apart] [--replace OLD NEW]... FOLDER PAGE...: runs the commands of the
pages (documented.py says what one is) in FOLDER, in their order, as one shell would.

Each must end with 0 or 1 (findings are no failure), and where the page shows what it prints, the
lines must be among what it prints, in that order; a line of "…" stands for any. What
docs_exceptions.txt names is left out. With --section only what stands below that heading is run, with
--apart each command finds FOLDER as it was at the beginning.
Blocks of YAML must be YAML. The tool is the one of $UNSINGLETON. Prints each command, what it says,
and its status.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

import yaml

from documented import Exceptions, commands

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
EXPRESSIONS = {"${{ github.base_ref }}": "main"}


class Shell:
    """Commands share the folder they are in, and nothing else."""

    def __init__(self, folder, apart):
        self.folder = self.top = os.path.abspath(folder)
        self.kept = self.top + ".as-it-was"
        if apart:
            shutil.copytree(self.top, self.kept, symlinks=True)
        tool = os.path.dirname(os.environ["UNSINGLETON"])
        self.environment = {**os.environ, "PATH": tool + os.pathsep + os.environ["PATH"], "HOME": self.folder}

    def begin_anew(self):
        shutil.rmtree(self.top)
        shutil.copytree(self.kept, self.top, symlinks=True)
        self.folder = self.top

    def run(self, command):
        read, write = os.pipe()
        ran = subprocess.run(["bash", "-c", f"{command}\nstatus=$?; pwd >&{write}; exit $status"], cwd=self.folder,
                             env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, pass_fds=[write], text=True, errors="replace")
        os.close(write)
        with os.fdopen(read) as place:
            self.folder = place.read().strip() or self.folder
        return ran


def first_missing(expected, said):
    """Of the lines that a page shows, the first one that was not said."""
    said = iter(line.rstrip() for line in said.splitlines())
    for line in expected:
        if line.strip() not in ("…", "") and line.rstrip() not in said:
            return line
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--section")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--replace", nargs=2, action="append", default=[])
    parser.add_argument("folder")
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    exceptions = Exceptions(os.path.join(HERE, "docs_exceptions.txt"))
    shell, ran, wrong = Shell(options.folder, options.apart), 0, 0
    for path in options.pages:
        with open(path, encoding="utf-8") as stored:
            page = stored.read()
        for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S):
            assert yaml.safe_load(block), block
        name = os.path.relpath(path, ROOT)
        for section, command, prints in commands(page):
            if options.section not in (None, section) or exceptions.reason(name, command):
                continue
            if options.apart:
                shell.begin_anew()
            for old, new in [*EXPRESSIONS.items(), *options.replace]:
                command = command.replace(old, new)
            done = shell.run(command)
            print(f"$ {command}\n{done.stdout}status {done.returncode}", flush=True)
            missing = first_missing(prints or [], done.stdout)
            if missing is not None:
                print(f"does not say: {missing}", flush=True)
            ran += 1
            wrong += done.returncode not in (0, 1) or missing is not None
    assert ran, "no command"
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
