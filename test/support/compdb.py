#!/usr/bin/env python3
"""compdb.py DIR [FLAG...]: writes DIR/compile_commands.json for the sources in DIR.

Every .cpp, .cc and .c below DIR becomes a unit, in sorted order; -std=c++17 and
the runtime's headers are given unless a flag sets another standard.
"""
import json
import os
import sys


def main():
    folder, flags = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if not any(flag.startswith("-std=") for flag in flags):
        flags = ["-std=c++17"] + flags
    runtime = os.environ["ISOLATION_INCLUDE"]
    entries = []
    for root, dirs, files in os.walk(folder):
        dirs.sort()
        for name in sorted(files):
            if name.endswith((".cpp", ".cc", ".c")):
                path = os.path.relpath(os.path.join(root, name), folder)
                language = ["gcc"] if name.endswith(".c") else ["g++", *flags]
                entries.append({
                    "directory": folder,
                    "file": path,
                    "arguments": [*language, f"-I{folder}", f"-I{runtime}", "-c", path],
                })
    with open(os.path.join(folder, "compile_commands.json"), "w") as out:
        json.dump(entries, out, indent=1)


if __name__ == "__main__":
    main()
