#!/usr/bin/env python3
"""measure.py [--units N] [--json FILE | --judge]: what the fact store saves, as ratios of CPU time.

Writes a repository of N units (200) that include the standard library, shared headers with
inline functions and classes, and each other's headers; then takes the CPU time of `check`
over it without a store, with an empty one, with nothing changed, with one source changed, and
of a pull request (--since) that changes another one. Every report must be byte for byte that
of the run without a store.

--judge does without the pull request and the comparisons, and fails where a run costs more than
it may: with nothing changed 2 % of the run that fills the store, with one source changed that
unit and 2 %. Fewer units make it stricter, since what a run costs in any case weighs more.

Needs: UNSINGLETON (the tool; default: the build's).
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.environ.get("UNSINGLETON", os.path.join(HERE, "../../../build/bin/unsingleton"))
PER_HEADER = 10  # units that share a header


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        out.write(text)


def header(n):
    """A module's interface: a class with inline methods, and every fourth one a singleton."""
    methods = "\n".join(
        f"  int method{i}(int x) {{ for (int j = 0; j < x; ++j) values_.push_back(j * {i}); return sum() + {i}; }}"
        for i in range(12))
    accessor = "  static Module%d &instance();\n" % n if n % 4 == 0 else ""
    return (f"#pragma once\n#include <map>\n#include <memory>\n#include <string>\n#include <vector>\n"
            f"namespace app {{\nclass Module{n} {{\npublic:\n{accessor}{methods}\n"
            f"  int sum() const {{ int s = 0; for (int v : values_) s += v; return s; }}\n"
            f"  std::map<std::string, int> names;\nprivate:\n  std::vector<int> values_;\n}};\n}} // namespace app\n")


def source(n, headers):
    mine = n // PER_HEADER
    seen = sorted({mine, (mine + 1) % headers, (mine * 7 + 3) % headers})
    includes = "".join(f'#include "module{h}.h"\n' for h in seen)
    functions = "\n".join(
        f"int unit{n}_work{i}(std::vector<std::string> &lines, Module{mine} &m) {{\n"
        f"  std::sort(lines.begin(), lines.end());\n"
        f"  for (const std::string &line : lines) m.names[line] += m.method{i % 12}({i});\n"
        f"  return std::accumulate(lines.begin(), lines.end(), 0, [](int a, const std::string &s) {{ return a + int(s.size()); }});\n}}"
        for i in range(8))
    accessor = ""
    if mine % 4 == 0 and n % PER_HEADER == 0:
        accessor = f"Module{mine} &Module{mine}::instance() {{ static Module{mine} instance; return instance; }}\n"
    use = f"void unit{n}_use() {{ Module{mine}::instance().method1({n}); }}\n" if mine % 4 == 0 else ""
    return (f"{includes}#include <algorithm>\n#include <functional>\n#include <numeric>\n#include <sstream>\n"
            f"namespace app {{\n{accessor}{functions}\n{use}}} // namespace app\n")


def generate(folder, units):
    headers = -(-units // PER_HEADER)
    for n in range(headers):
        write(f"{folder}/src/module{n}.h", header(n))
    entries = []
    for n in range(units):
        write(f"{folder}/src/unit{n}.cpp", source(n, headers))
        entries.append({"directory": f"{folder}/src", "file": f"unit{n}.cpp",
                        "arguments": ["c++", "-std=c++17", "-c", f"unit{n}.cpp"]})
    write(f"{folder}/build/compile_commands.json", json.dumps(entries))


def append(path, text):
    with open(path, "a") as out:
        out.write(text)


class Runner:
    def __init__(self, folder):
        self.folder = folder

    def run(self, *options, jobs=1):
        """CPU seconds, units parsed, and the report of one `check`."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run([TOOL, "check", "-p", f"{self.folder}/build", "--root", self.folder, "-v", f"-j{jobs}",
                              "--format=json", *options], capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if ran.returncode not in (0, 1):
            sys.exit(f"status {ran.returncode}: {ran.stderr}")
        lines = [line for line in ran.stderr.splitlines() if line.startswith("extract")]
        parsed = sum(int(line.split(" units, ")[1].split(" parsed")[0]) for line in lines)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return seconds, parsed, ran.stdout


def judge(tool, folder, units):
    cold, parsed, _ = tool.run()
    assert parsed == units, parsed
    idle = [tool.run() for _ in range(5)]
    assert all(parsed == 0 for _, parsed, _ in idle), idle
    one = []
    for unit in range(units // 3, units // 3 + 6):  # of several, the least: the machine may have other work
        append(f"{folder}/src/unit{unit}.cpp", "int added_here() { return 1; }\n")
        one.append(tool.run())
    assert all(parsed == 1 for _, parsed, _ in one), one
    for what, runs, most in [("nothing changed", idle, 0.02), ("one source changed", one, 1 / units + 0.02)]:
        share = min(seconds for seconds, _, _ in runs) / cold
        print(f"{what}: {100 * share:.2f} % of {cold:.2f} s; at most {100 * most:.2f} %")
        if share > most:
            sys.exit("FAIL: that is more")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--units", type=int, default=200)
    options.add_argument("--json")
    options.add_argument("--judge", action="store_true")
    options.add_argument("--keep", help="a folder to write the repository to")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = os.path.realpath(options.keep or temporary)
        generate(folder, options.units)
        for command in (["init", "-q"], ["add", "src"], ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "base"]):
            subprocess.run(["git", "-C", folder, *command], check=True)
        tool = Runner(folder)
        if options.judge:
            return judge(tool, folder, options.units)
        plain, _, report = tool.run("--no-cache")
        results = {"units": options.units, "findings": len(json.loads(report)["findings"]), "seconds": {"no store": plain}}
        wrong = []

        def step(name, parsed, change=None, extra=()):
            if change:
                append(*change)
            seconds, really, said = tool.run(*extra)
            results["seconds"][name] = seconds
            expected = report if not change and not extra else tool.run("--no-cache", *[o for o in extra if "cache" not in o])[2]
            if said != expected:
                wrong.append(f"{name}: the report differs from that without a store")
            if really != parsed:
                wrong.append(f"{name}: {really} units parsed instead of {parsed}")
            print(f"{name:28} {seconds:7.2f} s  {100 * seconds / plain:6.2f} %  {really} parsed", flush=True)

        print(f"{'no store':28} {plain:7.2f} s  100.00 %  {options.units} parsed", flush=True)
        step("empty store", options.units)
        step("nothing changed", 0)
        step("one source changed", 1, (f"{folder}/src/unit{min(7, options.units - 2)}.cpp", "int added_here() { return 1; }\n"))
        # The base is what the store was made of but for the source that was changed above.
        last = f"{folder}/src/unit{options.units - 1}.cpp"
        step("pull request, warm store", 1, (last, "namespace app { class Module0; Module0 *added_there(); }\n"), ["--since=HEAD"])
        step("pull request again", 0, None, ["--since=HEAD"])
        step("pull request, empty store", options.units + 2, None, ["--since=HEAD", f"--cache-dir={folder}/other-store"])
    cold = results["seconds"]["no store"]
    idle = results["seconds"]["nothing changed"]
    print(f"nothing changed / cold: {100 * idle / cold:.2f} %")
    extra = results["seconds"]["one source changed"] - idle
    print(f"one unit: {100 * extra / cold:.2f} % of cold (a share of one unit is {100 / options.units:.2f} %)")
    if options.json:
        write(options.json, json.dumps(results, indent=1) + "\n")
    for problem in wrong:
        print("FAIL:", problem)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
