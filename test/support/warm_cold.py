#!/usr/bin/env python3
"""warm_cold.py DIR SEED STEPS: edits the project in DIR at random; after each edit, the
report out of the warm fact store must be byte for byte that of a run without a store.

Edits: a unit leaves the program or comes back, a source or a header changes, changes back,
stops to parse, parses again, or a source includes one header less. Prints how many units were parsed
out of how many; exits with 1, and shows the difference, at the first byte that differs.
"""
import difflib
import json
import os
import random
import re
import subprocess
import sys


class Project:
    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        self.database = os.path.join(self.folder, "compile_commands.json")
        with open(self.database) as stored:
            self.entries = json.load(stored)
        self.active = list(range(len(self.entries)))
        self.parsed = self.units = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name)) as stored:
            return stored.read()

    def write(self, name, text):
        with open(self.path(name), "w") as stored:
            stored.write(text)

    def use(self, numbers):
        self.active = sorted(numbers)
        with open(self.database, "w") as stored:
            json.dump([self.entries[n] for n in self.active], stored)

    def run(self, command, *options):
        ran = subprocess.run([os.environ["UNSINGLETON"], *command, "-p", self.folder, "--root", self.folder, *options],
                             capture_output=True, text=True)
        return ran

    def compare(self, what, *commands):
        """Runs each command warm and without a store; returns how many units the first one parsed."""
        first = None
        for command in commands or (["check", "--all"],):
            cold = self.run(command, "--no-cache")
            # One thread: which unit reads a header's bodies decides how many are parsed later.
            warm = self.run(command, "-v", "-j1")
            counts = re.search(r"^extract: (\d+) units?, (\d+) parsed, \d+ from the fact store.*\n", warm.stderr, re.M)
            first = int(counts.group(2)) if first is None else first
            self.units += int(counts.group(1))
            self.parsed += int(counts.group(2))
            expected = f"{cold.stdout}{cold.stderr}status {cold.returncode}\n"
            errors = re.sub(r"^(link|decide|plan) \([0-9.]+ s\)\n", "", warm.stderr.replace(counts.group(0), ""), flags=re.M)
            said = f"{warm.stdout}{errors}status {warm.returncode}\n"
            if said != expected:
                print(f"FAIL: after: {what}; {' '.join(command)}")
                lines = difflib.unified_diff(expected.splitlines(True), said.splitlines(True), "without a store", "warm")
                sys.stdout.writelines(list(lines)[:60])
                sys.exit(1)
        return first


def main():
    project = Project(sys.argv[1])
    choose = random.Random(int(sys.argv[2]))
    files = sorted(os.path.relpath(os.path.join(root, name), project.folder)
                   for root, _, names in os.walk(project.folder) for name in names if name.endswith((".h", ".cpp")))
    original = {name: project.read(name) for name in files}
    project.compare("nothing")
    for step in range(int(sys.argv[3])):
        kind = choose.choice(["leave", "come", "append", "append", "restore", "break", "exclude"])
        name = choose.choice(files)
        text = project.read(name)
        outside = [n for n in range(len(project.entries)) if n not in project.active]
        if kind == "leave" and len(project.active) > 2:
            project.use(set(project.active) - {choose.choice(project.active)})
        elif kind == "come" and outside:
            project.use(set(project.active) | {choose.choice(outside)})
        elif kind == "append":
            project.write(name, text + f"inline int added_{step}() {{ static int n; return ++n; }}\n")
        elif kind == "restore":
            for name in files:
                project.write(name, original[name])
        elif kind == "break":
            project.write(name, text + "int broken( {\n")
        elif kind == "exclude" and name.endswith(".cpp"):
            project.write(name, re.sub(r"^#include .*\n", "", text, count=1, flags=re.M))
        project.compare(f"step {step}: {kind} {name}")
    print(f"{project.parsed} of {project.units} parsed")


if __name__ == "__main__":
    main()
