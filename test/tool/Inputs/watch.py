#!/usr/bin/env python3
"""watch.py TOOL FOLDER: drives `check --watch` through a morning's work."""
import os
import queue
import re
import signal
import subprocess
import sys
import threading

TOOL, FOLDER = sys.argv[1:]
SUMMARY = re.compile(r"\d+ findings? in|error: ")
source, header, config = (os.path.join(FOLDER, name) for name in ("a.cpp", "a.h", ".clang-tidy"))

run = subprocess.Popen([TOOL, "check", "-p", FOLDER, "--root", FOLDER, "--watch"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
lines = queue.Queue()
threading.Thread(target=lambda: [lines.put(line) for line in run.stderr], daemon=True).start()


def tell(what):
    """The summary of the next check; then waits until it watches again."""
    said = None
    while True:
        line = lines.get(timeout=120).rstrip()
        if SUMMARY.search(line) and ("findings" in line or "finding" in line or line.startswith("unsingleton")):
            said = line
        if line.startswith("watching"):
            break
    print(f"{what}: {said}", flush=True)


def save(path, text):
    with open(path, "w") as file:
        file.write(text)


with open(source) as file:
    first = file.read()
more = first + "S &other() { static S s; return s; }\nvoid use_other() { other().n = 1; }\n"
tell("first")
save(source, more)
tell("after a saved source")
save(header, "struct S { int n = 0; };\ninline S &third() { static S s; return s; }\ninline void use_third() { third().n = 2; }\n")
tell("after a saved header")
save(source, more + "syntax error\n")
tell("after a mistake")
save(source, more)
tell("after its repair")
save(config, "CheckOptions:\n  isolation.Nonsense: x\n")
tell("after a wrong configuration")
os.remove(config)
tell("after its repair")
run.send_signal(signal.SIGINT)
print(f"ended by signal {-run.wait(timeout=60)}")
left = [os.path.join(where, name) for where, _, names in os.walk(FOLDER) for name in names if name.endswith(".tmp")]
print("left behind:", *(left or ["nothing"]))
