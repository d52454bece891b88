#!/usr/bin/env python3
"""Compile the example that opens each public header, and the header alone.

An example is the indented part of the opening comment that follows a line
`// Example:`, or `// Example (C++20):` for a header that needs that language.
Each public header must have one.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic",
         "-Wconversion", "-Wshadow", "-Wno-unused", "-Werror"]


BEGINNING = re.compile(r"Example(?: \(C\+\+(\d\d)\))?:")


def example_of(header):
    """The example's text, and the language of the header."""
    lines = []
    standard = None
    for line in header.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            break
        text = line[2:]
        begins = BEGINNING.fullmatch(text.strip())
        if begins:
            standard = begins[1] or "17"
        elif standard and (text.startswith("   ") or not text.strip()):
            lines.append(text[3:])
        elif standard:
            break
    return "\n".join(lines).strip(), standard or "17"


def included_language(text):
    """What a detail header needs, which has no example to say so."""
    return "20" if "#include <coroutine>" in text else "17"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    args = parser.parse_args()
    root = pathlib.Path(args.include)

    failures = []
    tasks = []
    for header in sorted((root / "isolation").rglob("*.h")):
        name = header.relative_to(root).as_posix()
        alone = f"#include <{name}>\n#include <{name}>"
        if header.parent.name == "detail":
            text = header.read_text(encoding="utf-8")
            tasks.append((f"{name} by itself", alone, included_language(text)))
            continue
        example, standard = example_of(header)
        tasks.append((f"{name} by itself", alone, standard))
        if example:
            tasks.append((f"the example of {name}", example, standard))
        else:
            failures.append(f"{name} has no example")

    def compile_text(task):
        what, text, standard = task
        with tempfile.TemporaryDirectory() as directory:
            source = pathlib.Path(directory, "example.cpp")
            source.write_text(text + "\n", encoding="utf-8")
            done = subprocess.run(
                [args.compiler, f"-std=c++{standard}", *FLAGS,
                 "-I", str(root), str(source)],
                text=True, stderr=subprocess.PIPE)
        return None if done.returncode == 0 else f"{what}:\n{done.stderr}"

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures += [said for said in pool.map(compile_text, tasks) if said]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(tasks)} compiled, {len(failures)} failures")
    return 1 if failures or not tasks else 0


if __name__ == "__main__":
    sys.exit(main())
