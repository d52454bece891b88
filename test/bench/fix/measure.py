#!/usr/bin/env python3
"""measure.py [--files N] [--functions N] [--keep DIR] [--json FILE]: how long a large fix takes, beside
what others take for the same.

Writes a repository of N files (300: half of them sources, each with a header of its own) whose
functions (61 a file) use a few singletons through one another, so that every one of them is given a
context: 1.5 MB of edits. Then, on two threads:

  - `fix` in place, stage by stage, as -v tells them;
  - `clang-apply-replacements` with the same edits, as --export-fixes writes them, which must give
    the same bytes;
  - `clang -fsyntax-only` of all units as changed, which is what verification cannot do without.

Needs: UNSINGLETON (the tool; default: the build's), CLANGXX and CLANG_APPLY_REPLACEMENTS (default: those
of LLVM 22, or of the PATH).
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../../..")
LLVM = "/usr/lib/llvm-22/bin:" + os.environ["PATH"]
TOOL = os.environ.get("UNSINGLETON", os.path.join(ROOT, "build/bin/unsingleton"))
CLANGXX = os.environ.get("CLANGXX") or shutil.which("clang++", path=LLVM)
PEER = os.environ.get("CLANG_APPLY_REPLACEMENTS") or shutil.which("clang-apply-replacements", path=LLVM)
RUNTIME = os.path.realpath(os.path.join(ROOT, "runtime/include"))
JOBS = 2
SINGLETONS = 6
STAGES = ["plan", "render", "verify", "write"]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        out.write(text)


def header(module, functions):
    declared = "".join(f"/// Step {i} of module {module}.\nint module{module}_step{i}(int value);\n" for i in range(functions))
    return f"#pragma once\nnamespace app {{\n{declared}}} // namespace app\n"


def source(module, modules, functions):
    """Each function calls the next one, the last one that of another module, and every third a singleton."""
    other = (module + 1) % modules
    last = f"module{other}_step0(value - 1)" if other else "value"
    body = ""
    for i in range(functions):
        following = f"module{module}_step{i + 1}(value)" if i + 1 < functions else last
        use = f"  get_service{(module + i) % SINGLETONS}().add(value);\n" if i % 3 == 0 or i + 1 == functions else ""
        body += f"int module{module}_step{i}(int value) {{\n  if (value < 0)\n    return 0;\n{use}  return {following};\n}}\n\n"
    return (f'#include "module{module}.h"\n#include "module{other}.h"\n#include "services.h"\n#include <string>\n#include <vector>\n\n'
            f"namespace app {{\n\n{body}}} // namespace app\n")


def services():
    declared = "".join(f"Service &get_service{i}();\n" for i in range(SINGLETONS))
    defined = "".join(f"Service &get_service{i}() {{\n  static Service service{i};\n  return service{i};\n}}\n\n" for i in range(SINGLETONS))
    return (f"#pragma once\nnamespace app {{\nclass Service {{\npublic:\n  void add(int value) {{ sum_ += value; }}\n\nprivate:\n"
            f"  int sum_ = 0;\n}};\n{declared}}} // namespace app\n",
            f'#include "services.h"\n\nnamespace app {{\n\n{defined}}} // namespace app\n')


def generate(folder, files, functions):
    modules = max(files // 2 - 1, 2)
    hpp, cpp = services()
    write(f"{folder}/src/services.h", hpp)
    write(f"{folder}/src/services.cpp", cpp)
    write(f"{folder}/.clang-format", "BasedOnStyle: LLVM\n")
    names = ["services.cpp"]
    for n in range(modules):
        write(f"{folder}/src/module{n}.h", header(n, functions))
        write(f"{folder}/src/module{n}.cpp", source(n, modules, functions))
        names.append(f"module{n}.cpp")
    entries = [{"directory": f"{folder}/src", "file": name,
                "arguments": ["c++", "-std=c++17", f"-I{RUNTIME}", "-c", name]} for name in names]
    write(f"{folder}/build/compile_commands.json", json.dumps(entries))
    return names


def tree(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as stored:
            found[name] = stored.read()
    return found


def fix(folder, *options):
    """Seconds by stage, and the report."""
    ran = subprocess.run([TOOL, "fix", "-p", f"{folder}/build", "--root", folder, "--allow-dirty", "-v", f"-j{JOBS}",
                          "--format=json", *options], capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"status {ran.returncode}: {ran.stderr}")
    seconds = {}
    for stage, took in re.findall(r"^(\w+)(?::[^(]*)? \(([\d.]+) s\)$", ran.stderr, re.MULTILINE):
        seconds[stage] = seconds.get(stage, 0) + float(took)
    return seconds, json.loads(ran.stdout)


def timed(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


def syntax_only(folder, names):
    def one(name):
        subprocess.run([CLANGXX, "-std=c++17", f"-I{RUNTIME}", "-fsyntax-only", name], cwd=f"{folder}/src", check=True)
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(one, names))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--functions", type=int, default=61, help="in each file")
    parser.add_argument("--keep", help="a folder to write the repositories to")
    parser.add_argument("--json", help="a file for the figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = os.path.realpath(options.keep or temporary)
        folder = f"{base}/fixed"
        names = generate(folder, options.files, options.functions)
        before = tree(f"{folder}/src")
        yaml = f"{base}/yaml"
        fix(folder, "--export-fixes", yaml)
        shutil.copytree(f"{folder}/src", f"{base}/start")
        peer = timed(lambda: subprocess.run([PEER, yaml], check=True))
        by_peer = tree(f"{folder}/src")
        shutil.rmtree(f"{folder}/src")
        shutil.copytree(f"{base}/start", f"{folder}/src")
        seconds, report = fix(folder)
        after = tree(f"{folder}/src")
        parse = timed(lambda: syntax_only(folder, names))
    changed = sum(before[name] != after[name] for name in before)
    added = sum(len(text) for text in after.values()) - sum(len(text) for text in before.values())
    ours = sum(seconds[stage] for stage in STAGES if stage != "verify")
    print(f"{changed} of {len(before)} files change, by {report['edits']} edits that add {added / 1e6:.2f} MB")
    for stage in STAGES:
        print(f"  {stage:8} {seconds[stage]:7.2f} s")
    print(f"plan, render and write: {ours:.2f} s; clang-apply-replacements with the same edits: {peer:.2f} s; ratio {ours / peer:.2f}")
    print(f"verify: {seconds['verify']:.2f} s; clang -fsyntax-only of the {len(names)} units: {parse:.2f} s; "
          f"ratio {seconds['verify'] / parse:.2f}")
    if options.json:
        write(os.path.abspath(options.json), json.dumps({
            "files": changed, "edits": report["edits"], "bytes_added": added, "seconds": seconds,
            "clang_apply_replacements": peer, "syntax_only": parse}, indent=1) + "\n")
    if report["refused"] or changed != len(before):
        sys.exit(f"FAIL: {len(report['refused'])} refused, {changed} files changed")
    if by_peer != after:
        sys.exit("FAIL: clang-apply-replacements gives other bytes")


if __name__ == "__main__":
    main()
