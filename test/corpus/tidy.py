"""What clang-tidy's own checks say of global state: what to compare with."""

import re
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import compile_commands
from scoring import Report

CHECKS = ("cppcoreguidelines-avoid-non-const-global-variables",
          "bugprone-dynamic-static-initializers")
# One process parses several units: starting one costs as much as a small unit.
BATCH = 10
DIAGNOSTIC = re.compile(r"^(/.*?):(\d+):\d+: (?:warning|error): .* \[(.*)\]$",
                        re.MULTILINE)


class Failed(Exception):
    """clang-tidy could not be run."""


def reports(clang_tidy, source, build, folders, jobs):
    """The diagnostics in `folders`, each line and check once."""
    files = sorted({str(Path(directory, file))
                    for directory, file, _ in compile_commands(build)})
    batches = [files[at:at + BATCH] for at in range(0, len(files), BATCH)]
    below = "|".join(re.escape(f"{source / folder}/")
                     for folder in folders or ("",))
    command = [clang_tidy, "-p", str(build), "--quiet",
               f"--checks=-*,{','.join(CHECKS)}",
               f"--header-filter=^({below})"]

    def run(batch):
        done = subprocess.run([*command, *batch], text=True, errors="replace",
                              stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode not in (0, 1):
            raise Failed(f"{shlex.join(command)} … ended with status "
                         f"{done.returncode}:\n{done.stderr.strip()[-500:]}")
        return done.stdout

    with ThreadPoolExecutor(jobs) as pool:
        text = "\n".join(pool.map(run, batches))
    found = {(check, place(file, source), int(line))
             for file, line, names in DIAGNOSTIC.findall(text)
             for check in names.split(",") if check in CHECKS}
    return [Report(check, ((file, line),))
            for check, file, line in sorted(found)]


def place(file, source):
    """As the labels name it: relative to the repository, if inside."""
    real = Path(file).resolve()
    return str(real.relative_to(source) if real.is_relative_to(source)
               else real)
