#!/usr/bin/env python3
"""status.py COMMAND [ARGUMENT...]: runs it; prints its stdout, then its stderr, then `status N`.

`--count`, given first, prints only how many lines went where, and the status.
"""
import subprocess
import sys


def main():
    command = sys.argv[1:]
    count = command[0] == "--count"
    ran = subprocess.run(command[1:] if count else command, stdin=subprocess.DEVNULL, capture_output=True)
    if count:
        print("stdout", ran.stdout.count(b"\n"), "stderr", ran.stderr.count(b"\n"), "status", ran.returncode)
        return
    sys.stdout.buffer.write(ran.stdout + ran.stderr)
    print("status", ran.returncode)


if __name__ == "__main__":
    main()
