#!/usr/bin/env python3
"""docs_check.py ROOT EXCEPTIONS: fails where a page tells to type what no test runs, quotes a file for
what it does not hold, links to what is not there, or is one that no link leads to from README.md on.

A test runs a page, or a section of it, when a RUN line of test/tool/*.test hands it to run_docs.py.
What none can run is in EXCEPTIONS, with the reason; a test or script that a reason names must be
there. Prints what is wrong, or else how many commands there are and what is left out.
"""
import glob
import os
import re
import sys

from documented import Exceptions, commands, links, pages, quotes


def handed_over(root):
    """(page, section or None) of each run of run_docs.py."""
    for path in glob.glob(os.path.join(root, "test/tool/*.test")):
        with open(path, encoding="utf-8") as stored:
            for line in stored:
                if line.startswith("RUN:") and "run_docs.py" in line:
                    section = re.search(r"--section (?:'([^']*)'|\"([^\"]*)\"|(\S+))", line)
                    name = next(filter(None, section.groups())) if section else None
                    for page in re.findall(r"%S/\.\./\.\./(\S+\.md)\b", line):
                        yield page, name


def contents(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as stored:
        return stored.read()


def led_to(root):
    """The pages that a reader who begins with README.md comes to."""
    found, ahead = set(), ["README.md"]
    while ahead:
        page = ahead.pop()
        if page in found:
            continue
        found.add(page)
        folder = os.path.dirname(page)
        ahead += (os.path.normpath(os.path.join(folder, link)) for link in links(contents(os.path.join(root, page))) if link.endswith(".md"))
    return found


def main():
    root = sys.argv[1]
    run, exceptions = set(handed_over(root)), Exceptions(sys.argv[2])
    problems, ran, left_out = [], 0, 0
    for page in pages(root):
        text = contents(os.path.join(root, page))
        folder = os.path.dirname(page)
        problems += [f"{page}: links to '{link}', which is not there" for link in links(text)
                     if not os.path.exists(os.path.join(root, folder, link))]
        problems += [f"{page}: quotes '{file}' for what it does not hold: {quote.splitlines()[0]}" for file, quote in quotes(text)
                     if quote not in contents(os.path.join(root, file))]
        for command in commands(text):
            if exceptions.reason(page, command.text):
                left_out += 1
            elif (page, None) in run or (page, command.section) in run:
                ran += 1
            else:
                problems.append(f"{page}: no test runs '{command.text}': hand the page to run_docs.py, "
                                "or say in docs_exceptions.txt why not")
    problems += [f"{page}: no link leads to it" for page in pages(root) if page not in led_to(root)]
    problems += [f"{page}: has no command '{pattern}': take it out of docs_exceptions.txt"
                 for page, pattern, _ in exceptions.unused()]
    for page, pattern, reason in exceptions.rows:
        problems += [f"{page}: '{pattern}' is left to '{named}', which is not there"
                     for named in re.findall(r"\b(?:test|script|tool|\.ci)/[\w./-]+\w", reason)
                     if not os.path.exists(os.path.join(root, named))]
    if not ran and not problems:
        problems.append("no command is run")
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{ran} commands are run, {left_out} are not:")
        for row in exceptions.rows:
            print(*row, sep=": ")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
