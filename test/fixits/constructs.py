#!/usr/bin/env python3
"""Says what becomes of each construct, and which share of them ends in an edit.

Reads constructs.tsv; lists the rows that no test proves. Exits with 1 where a row has an unknown
outcome, names no test without being missing, or names one that does not exist, does not migrate
anything (edit), or does not show the row's refusal code.
"""
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTCOMES = ["edit", "frontier", "refuse", "missing"]
MIGRATES = re.compile(r"^RUN:.*(%migrate|%unsingleton fix|bytes_project)", re.MULTILINE)


def is_unit_test(name):
    suite, _, test = name.partition(".")
    defined = re.compile(rf"^TEST(_F|_P)?\({re.escape(suite)}, {re.escape(test)}\)", re.MULTILINE)
    return any(defined.search(path.read_text()) for path in (HERE.parent / "unit").glob("*.cpp"))


def faults(outcome, tests, construct):
    if outcome not in OUTCOMES:
        yield f"unknown outcome '{outcome}'"
    if bool(tests) == (outcome == "missing"):
        yield "names tests, though missing" if tests else "no test"
    texts = []
    for test in tests:
        path = HERE / f"{test}.test"
        if path.is_file():
            texts.append(path.read_text())
        elif not is_unit_test(test):
            yield f"no test '{test}'"
    if outcome == "edit" and not all(MIGRATES.search(text) for text in texts):
        yield "a test of it migrates nothing"
    code = re.search(r"\((?:could: )?([a-z]+(?:-[a-z]+)+)\)$", construct)
    if code and texts and not any(f"[{code[1]}]" in text for text in texts):
        yield f"no test of it shows '{code[1]}'"


def main():
    count, wrong, missing = Counter(), 0, []
    for line in (HERE / "constructs.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        outcome, tests, construct = line.split("\t")
        for fault in faults(outcome, [] if tests == "-" else tests.split(), construct):
            print(f"'{construct}': {fault}", file=sys.stderr)
            wrong += 1
        count[outcome] += 1
        if outcome == "missing":
            missing.append(construct)
    for construct in missing:
        print(f"missing: {construct}")
    total = sum(count.values())
    shown = ", ".join(f"{count[outcome]} {outcome}" for outcome in OUTCOMES[1:])
    print(f"constructs: {count['edit']} of {total} rows end in an edit ({shown})")
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
