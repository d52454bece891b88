#!/usr/bin/env python3
"""same_report.py DIR [OPTION...]: proves that nothing but the program decides what is said.

Runs `check --all` (text and JSON) and `fix --dry-run` over the project in DIR with one
thread and several, with the units in several orders, with and without the body ledger,
and with facts that the fact store has kept from the run before.
Prints the text report and the status. Exits with 1, and shows the difference, if any
byte or status differs from the first run's.
"""
import difflib
import json
import os
import random
import subprocess
import sys


def orders(entries):
    yield entries
    yield entries[::-1]
    for seed in range(3):
        shuffled = list(entries)
        random.Random(seed).shuffle(shuffled)
        yield shuffled


def main():
    folder, options = os.path.abspath(sys.argv[1]), sys.argv[2:]
    database = os.path.join(folder, "compile_commands.json")
    with open(database) as stored:
        entries = json.load(stored)
    # Extraction and linking are what the ledger and the order could disturb, so `check`
    # is run in every way; `fix` parses everything twice and is run twice.
    text, report, fix = ["check", "--all"], ["check", "--all", "--format=json"], ["fix", "--dry-run"]
    modes = [["-j1", "--no-body-ledger"], ["-j1", "--no-cache"], ["-j2", "--no-cache"], ["-j5", "--no-cache"],
             ["-j2", "--no-body-ledger"], ["-j2"], ["-j1"]]
    expected, different = {}, 0

    def compare(number, command, mode):
        ran = subprocess.run([os.environ["UNSINGLETON"], *command, "-p", folder, "--root", folder, "--quiet", *mode, *options],
                             capture_output=True, text=True)
        said = f"{ran.stdout}{ran.stderr}status {ran.returncode}\n"
        first = expected.setdefault(" ".join(command), said)
        if said == first:
            return 0
        print(f"FAIL: order {number}, {command}, {mode}", file=sys.stderr)
        lines = difflib.unified_diff(first.splitlines(True), said.splitlines(True), "first run", "this run")
        sys.stderr.writelines(list(lines)[:60])
        return 1

    for number, order in enumerate(orders(entries)):
        with open(database, "w") as stored:
            json.dump(order, stored)
        different += compare(number, text, modes[number])
        different += sum(compare(number, report, mode) for mode in modes)
        if number < 2:
            different += compare(number, fix, modes[number])
    with open(database, "w") as stored:
        json.dump(entries, stored)
    sys.stdout.write(expected["check --all"])
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
