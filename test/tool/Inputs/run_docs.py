#!/usr/bin/python3
"""run_docs.py PAGE FOLDER [LANGUAGE]: runs the page's blocks of LANGUAGE (sh) in FOLDER, one after the other.

Findings are no failure; anything else is. The page's YAML must be YAML.
"""
import re
import subprocess
import sys

import yaml

page, folder, language = (sys.argv[1:] + ["sh"])[:3]
with open(page, encoding="utf-8") as stored:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", stored.read(), re.M | re.S)
commands = [text for name, text in blocks if name == language]
assert commands, "no command"
for line in "".join(commands).splitlines():
    print("$", line, flush=True)
    status = subprocess.run(["bash", "-c", line], cwd=folder).returncode
    assert status in (0, 1), (line, status)
    print("status", status, flush=True)
for name, text in blocks:
    if name == "yaml":
        assert yaml.safe_load(text), text
