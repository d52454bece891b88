#!/usr/bin/env python3
"""run_docs.py FOLDER PAGE...: runs every `unsingleton` command of the pages in FOLDER, in their order.

A command is a line of a fenced block that begins with `unsingleton`, `$ unsingleton` or
`- run: unsingleton`; what follows two blanks and `#` is a comment, and CI's expressions
are set. Each must end with 0 or 1. Prints the commands with their statuses.
"""
import os
import re
import shlex
import subprocess
import sys

EXPRESSIONS = {"${{ github.base_ref }}": "main"}


def commands(page):
    fenced = False
    with open(page) as stored:
        for line in stored:
            if line.startswith("```"):
                fenced = not fenced
            found = re.match(r"(?:\$ |- run: )?(unsingleton .*)", line) if fenced else None
            if found:
                command = re.sub(r"\s\s+#.*", "", found.group(1))
                for expression, value in EXPRESSIONS.items():
                    command = command.replace(expression, value)
                yield command


def main():
    failed = False
    for page in sys.argv[2:]:
        for command in commands(page):
            words = shlex.split(command, comments=True)
            ran = subprocess.run([os.environ["UNSINGLETON"], *words[1:]], cwd=sys.argv[1], capture_output=True, text=True)
            print(ran.returncode, command)
            if ran.returncode not in (0, 1):
                failed = True
                print(ran.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
