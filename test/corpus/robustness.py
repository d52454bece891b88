"""Feeds Clang's and clang-tidy's own test inputs to the tool: code written to
be awkward, most of it wrong on purpose. Every file is a unit. A unit that does
not parse is refused with a reason, and that is right; a crash or a hang never
is.

Files go to the tool in batches, one process for many. A batch that crashes or
hangs is halved until the file that does it is alone.
"""

import json
import re
import shlex
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from measure import Cost, measured

FOLDERS = ("clang/test/SemaCXX", "clang/test/CXX",
           "clang-tools-extra/test/clang-tidy/checkers")
SOURCES = (".c", ".cc", ".cpp", ".cxx")
BATCH = 50
STANDARD = "-std=c++20"
# What a sanitizer or a failed assertion says, whatever the exit status.
ALARM = re.compile(r"(ERROR|WARNING): \w+Sanitizer|runtime error:|"
                   r"Assertion .* failed|PLEASE submit a bug report")


@dataclass
class Outcome:
    """What became of the files of one folder."""

    files: int = 0
    analysed: int = 0
    refused: int = 0
    crashed: list[tuple[str, Cost]] = field(default_factory=list)
    hung: list[tuple[str, Cost]] = field(default_factory=list)


class Inputs:
    """The test inputs below a folder that fetch has filled."""

    def __init__(self, folder):
        self.folder = folder.resolve()

    def missing(self):
        return [name for name in FOLDERS
                if not (self.folder / name).is_dir()]

    def files(self, name):
        """Sources of one folder; what lies in Inputs is included by them."""
        return sorted(path for path in (self.folder / name).rglob("*")
                      if path.suffix in SOURCES and path.is_file()
                      and "Inputs" not in path.parts)

    def entry(self, path):
        """A compile command, its flags from the RUN line where simple."""
        # A C++ driver takes a .c file for C++.
        driver = "clang" if path.suffix == ".c" else "clang++"
        arguments = [driver, *flags(path), "-c", path.name]
        return {"directory": str(path.parent), "file": str(path),
                "arguments": arguments}


def flags(path):
    """-std=, -triple, -f…, -D… and include paths of the first RUN line."""
    text = path.read_text(errors="replace")
    run = run_line(text)
    words = substituted(run, path)
    found = list(simple_flags(words))
    if (path.suffix != ".c" and "%clang_cc1" not in run
            and not any(f.startswith("-std=") for f in found)):
        found.append(STANDARD)
    return found


def run_line(text):
    """The first RUN line that starts a compiler, its continuations joined."""
    lines = re.findall(r"RUN:\s*((?:.*\\\n)*.*)", text)
    for line in lines:
        if "%clang_cc1" in line or "%check_clang_tidy" in line:
            return re.sub(r"\\\n\s*(//|#|\*)?\s*(RUN:)?", " ", line)
    return ""


def substituted(run, path):
    """The words of a RUN line, lit's paths put in."""
    headers = next((p for p in path.parents if p.name == "checkers"),
                   path.parent) / "Inputs/Headers"
    for name, value in (("%clang_tidy_headers", str(headers)),
                        ("%itanium_abi_triple", "x86_64-linux-gnu"),
                        ("%S", str(path.parent))):
        run = run.replace(name, value)
    try:
        return shlex.split(run.split("|")[0])
    except ValueError:  # a quote of the shell's that is not simple
        return []


def simple_flags(words):
    rest = iter(words)
    for word in rest:
        if re.match(r"-std=", word):
            # clang-tidy's tests name several: -std=c++11,c++14-or-later
            yield re.sub(r",.*|-or-later$", "", word)
        elif word in ("-triple", "-x", "-isystem", "-I"):
            value = next(rest, "")
            if word == "-triple" and "%" not in value:
                yield f"--target={value}"
            elif word != "-triple" and value:
                yield from (word, value)
        elif re.match(r"-[fDI]\S", word) and "%" not in word:
            yield word


def feed(inputs, tool, jobs, timeout, report=print):
    """Runs all inputs; {folder: Outcome}."""
    result = {}
    with ThreadPoolExecutor(jobs) as pool:
        for name in FOLDERS:
            outcome = result[name] = Outcome()
            files = inputs.files(name)
            outcome.files = len(files)
            batches = [files[at:at + BATCH]
                       for at in range(0, len(files), BATCH)]
            report(f"{name}: {len(files)} files")
            runner = Batch(inputs, tool, timeout)
            for part in pool.map(runner.run, batches):
                outcome.analysed += part.analysed
                outcome.refused += part.refused
                outcome.crashed += part.crashed
                outcome.hung += part.hung
    return result


class Batch:
    """Runs files as one process, halving what goes wrong. Thread-safe."""

    def __init__(self, inputs, tool, timeout):
        self.inputs = inputs
        self.tool = tool
        self.timeout = timeout

    def run(self, files):
        cost, report = self.check(files)
        if report:
            units = report["units"]
            return Outcome(analysed=units["analysed"],
                           refused=len(units["failed"]))
        if len(files) == 1:
            found = [(str(files[0]), cost)]
            return (Outcome(hung=found) if cost.timed_out
                    else Outcome(crashed=found))
        half = len(files) // 2
        parts = [self.run(files[:half]), self.run(files[half:])]
        whole = Outcome(
            analysed=sum(p.analysed for p in parts),
            refused=sum(p.refused for p in parts),
            crashed=[c for p in parts for c in p.crashed],
            hung=[h for p in parts for h in p.hung])
        if not whole.crashed and not whole.hung and not cost.timed_out:
            # Each half is well by itself: the files do it together.
            names = ", ".join(str(file) for file in files)
            whole.crashed.append((names, cost))
        return whole

    def check(self, files):
        """(cost, report): no report if the tool crashed or hung."""
        with tempfile.TemporaryDirectory() as home:
            database = Path(home) / "compile_commands.json"
            database.write_text(json.dumps(
                [self.inputs.entry(path) for path in files]))
            output = Path(home) / "report.json"
            cost = measured(
                [self.tool, "check", "-p", home, "--root", self.inputs.folder,
                 "--format=json", "-o", output, "-j1"], home,
                # Each may take its time; only one alone may use it up.
                self.timeout * max(1, len(files) / 10))
            well = cost.status in (0, 1, 3) and not ALARM.search(cost.stderr)
            try:
                report = json.loads(output.read_text()) if well else {}
            except (OSError, ValueError):
                report = {}
            return cost, report


def rows(result):
    """The table of `run --robustness`."""
    for name, outcome in result.items():
        yield {"inputs": name, "files": outcome.files,
               "analysed": outcome.analysed,
               "failed to parse": outcome.refused,
               "crashes": len(outcome.crashed), "hangs": len(outcome.hung)}
