"""What fetching and migrating ask of the machine: programs, packages, git."""

import os
import shutil
import subprocess

from debian_source import Unavailable

ALWAYS = {"cmake", "dpkg-dev", "g++", "git", "ninja-build"}


def require_packages(needed, install):
    """Installs, or asks for, what unpacking and configuring needs."""
    missing = sorted((ALWAYS | needed) - installed_packages())
    if not missing:
        return
    if not install:
        raise Unavailable(f"packages are missing: {' '.join(missing)}; "
                          "install them, or let --install-deps do it")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if as_root and not shutil.which("sudo"):
        raise Unavailable("--install-deps needs root, and sudo is missing")
    for step in (["update"], ["install", "--no-install-recommends", *missing]):
        run([*as_root, "env", "DEBIAN_FRONTEND=noninteractive",
             "apt-get", "-qq", "-y", *step])


def installed_packages():
    if not shutil.which("dpkg-query"):
        raise Unavailable("dpkg is missing: the corpus is made of Debian "
                          "source packages")
    listing = run(["dpkg-query", "-W", "-f",
                   "${Package} ${db:Status-Status}\n"])
    rows = (line.split() for line in listing.splitlines())
    return {row[0] for row in rows if row[1:] == ["installed"]}


def make_repository(source, message):
    """The tool asks git for a project's root, and the corpus lies in ours."""
    git = ["git", "-c", "user.name=corpus", "-c", "user.email=corpus@invalid",
           "-c", "commit.gpgsign=false", "-c", "gc.auto=0"]
    run([*git, "init", "--quiet"], cwd=source)
    # Forced: what a project ignores in its own checkout is source here.
    run([*git, "add", "--all", "--force"], cwd=source)
    run([*git, "commit", "--quiet", "--no-verify", "-m", message], cwd=source)


def run(command, cwd=None):
    """Runs quietly; its output matters only when it fails."""
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=cwd, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        output = (done.stdout + done.stderr).strip().splitlines()
        raise Unavailable("\n".join([f"failed: {' '.join(command)}",
                                     *output[-20:]]))
    return done.stdout
