"""What a command costs, and what clang -fsyntax-only costs over a compile
database: the yardstick beside which the tool is put."""

import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """How a command ended and what it took, its children included."""

    command: list[str]
    status: int  # the exit status; negative: ended by that signal
    timed_out: bool
    stderr: str
    seconds: float
    cpu_seconds: float
    peak_mib: float


def measured(command, cwd, timeout):
    """Runs `command` to its end, or kills it after `timeout` seconds."""
    command = [str(part) for part in command]
    timed_out = threading.Event()
    with tempfile.TemporaryFile("w+", errors="replace") as stderr:
        started = time.monotonic()
        # A session of its own, so that a hang is ended with all its children.
        process = subprocess.Popen(
            command, cwd=cwd, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr)

        def stop():
            timed_out.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(timeout, stop)
        timer.start()
        # wait4 is where /usr/bin/time has its figures from, too.
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        stderr.seek(0)
        return Cost(command, process.returncode, timed_out.is_set(),
                    stderr.read(), seconds,
                    usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compile_commands(build):
    """The database's entries without exact repetitions, as CMake wrote it."""
    entries = json.loads((build / "compile_commands.json").read_text())
    unique = {}
    for entry in entries:
        arguments = entry.get("arguments") or shlex.split(entry["command"])
        unique[(entry["directory"], entry["file"], *arguments)] = (
            entry["directory"], entry["file"], arguments)
    return list(unique.values())


def syntax_only(arguments, clang):
    """A GCC compile command as clang's -fsyntax-only of the same unit.

    Warnings go, since their names differ and skipped bodies change them for
    the tool as well; so does whatever concerns output files.
    """
    kept = []
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in ("-o", "-MF", "-MT", "-MQ"):
            next(rest, None)
        elif not re.match(r"-(c|M.*|W(?![alp],).*|pedantic.*)$", argument):
            kept.append(argument)
    return [*clang, "-w", "-Qunused-arguments", "-fsyntax-only", *kept]


def clang_baseline(build, clang, jobs, timeout):
    """The cost of clang -fsyntax-only for each unit of the database."""
    def one(entry):
        directory, file, arguments = entry
        # clang++ would take a .c file for C++.
        mode = ["--driver-mode=gcc"] if Path(file).suffix == ".c" else []
        return measured(syntax_only(arguments, [clang, *mode]), directory,
                        timeout)

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, compile_commands(build)))
