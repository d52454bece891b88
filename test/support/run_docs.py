#!/usr/bin/env python3
"""run_docs.py FOLDER PAGE...: runs the commands of the pages in FOLDER, in their order.

A command is any line of a block of `sh`, and in other blocks a line that begins with
`unsingleton`, `$ unsingleton` or `- run: unsingleton`; CI's expressions are set. Each must
end with 0 or 1 (findings are no failure). The tool is the one of $UNSINGLETON. Blocks of
YAML must be YAML. Prints each command, what it says, and its status.
"""
import os
import re
import subprocess
import sys

import yaml

EXPRESSIONS = {"${{ github.base_ref }}": "main"}


def commands(language, text):
    for line in text.splitlines():
        found = re.match(r"(?:\$ |- run: )?(unsingleton .*)", line)
        if language == "sh" or found:
            command = found.group(1) if found else line
            for expression, value in EXPRESSIONS.items():
                command = command.replace(expression, value)
            yield command


def main():
    folder, *pages = sys.argv[1:]
    tool = os.path.dirname(os.environ["UNSINGLETON"])
    environment = {**os.environ, "PATH": tool + os.pathsep + os.environ["PATH"]}
    ran, wrong = 0, 0
    for page in pages:
        with open(page, encoding="utf-8") as stored:
            blocks = re.findall(r"^```(\w*)\n(.*?)^```$", stored.read(), re.M | re.S)
        for language, text in blocks:
            if language == "yaml":
                assert yaml.safe_load(text), text
            for command in commands(language, text):
                print("$", command, flush=True)
                status = subprocess.run(["bash", "-c", command], cwd=folder, env=environment,
                                        stderr=subprocess.STDOUT).returncode
                print("status", status, flush=True)
                ran += 1
                wrong += status not in (0, 1)
    assert ran, "no command"
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
