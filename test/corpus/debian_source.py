"""Debian source packages without touching the machine's package sources.

The machine knows where its packages come from; usually it lists binary
packages only. This turns its lists into source entries in a private
directory and runs apt-get on that: nothing outside the directory changes, no
host is named here, and root is not needed. Proxies, keys and credentials are
the machine's own.
"""

import re
import shutil
import subprocess
from pathlib import Path

SYSTEM = Path("/etc/apt")


class Unavailable(Exception):
    """What the user has to know when a package cannot be had."""


def one_line_entries(text):
    """`deb [options] URI suite component…` lines as deb-src lines."""
    for line in text.splitlines():
        entry = re.match(r"\s*deb(?:-src)?\s+(.*)", line)
        if entry and "cdrom:" not in entry[1]:
            yield f"deb-src {entry[1]}"


def deb822_entries(text):
    """Stanzas of a .sources file, enabled ones, with deb-src as their type."""
    text = re.sub(r"(?m)^#.*\n?", "", text)
    for stanza in re.split(r"\n\s*\n", text):
        field = {
            name.lower(): value.strip()
            for name, value in re.findall(r"(?m)^([\w-]+):(.*)$", stanza)
        }
        off = field.get("enabled", "yes").lower() in ("no", "false", "0", "off")
        if "types" in field and not off:
            yield re.sub(r"(?mi)^types:.*$", "Types: deb-src", stanza.strip())


def system_entries():
    """The machine's package sources: (one-line entries, deb822 stanzas)."""
    lists = [SYSTEM / "sources.list", *SYSTEM.glob("sources.list.d/*.list")]
    stanzas = SYSTEM.glob("sources.list.d/*.sources")
    # Where both kinds were listed, both become the same source entry: once.
    return (
        list(dict.fromkeys(e for f in sorted(lists) if f.is_file()
                           for e in one_line_entries(f.read_text()))),
        list(dict.fromkeys(e for f in sorted(stanzas)
                           for e in deb822_entries(f.read_text()))),
    )


class PrivateApt:
    """apt-get with source entries, lists and cache of its own in `home`."""

    def __init__(self, home):
        self.home = home.resolve()
        self.config = self.home / "apt.conf"
        self.updated = False

    def update(self):
        """Fetches the source index, once in this object's life."""
        if self.updated:
            return
        if not shutil.which("apt-get"):
            raise Unavailable("apt-get is missing: the corpus is made of "
                              "Debian source packages")
        self._write_configuration()
        self._apt("update")
        self.updated = True

    def download(self, package, directory):
        """Brings a source package's files; returns its .dsc file."""
        self.update()
        listing = self._apt("source", "--print-uris", package)
        names = re.findall(r"(?m)^'[^']*' (\S+\.dsc) ", listing)
        if not names:
            raise Unavailable(f"no source package '{package}' in this "
                              "machine's package sources")
        self._apt("source", "--download-only", package, cwd=directory)
        return directory / names[0]

    def _apt(self, *arguments, cwd=None):
        # -c, not APT_CONFIG: that one is read first, and whatever the
        # machine's apt.conf.d says of the same option would win.
        command = ["apt-get", "-qq", "-c", str(self.config), *arguments]
        done = subprocess.run(command, cwd=cwd or self.home, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            raise Unavailable(f"apt-get {' '.join(arguments)} failed:\n"
                              + done.stderr.strip())
        return done.stdout

    def _write_configuration(self):
        lines, stanzas = system_entries()
        if not lines and not stanzas:
            raise Unavailable(f"no package source is listed in {SYSTEM}")
        for directory in ("parts", "lists/partial", "cache/archives/partial"):
            (self.home / directory).mkdir(parents=True, exist_ok=True)
        (self.home / "parts/corpus.list").write_text("\n".join(lines) + "\n")
        (self.home / "parts/corpus.sources").write_text(
            "\n\n".join(stanzas) + "\n")
        # The hooks after an update are for the machine's lists, not for
        # these. The sandbox user could not write here and apt would warn.
        self.config.write_text(f"""\
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{self.home}/parts";
Dir::State::lists "{self.home}/lists";
Dir::Cache "{self.home}/cache";
Dir::Cache::archives "archives";
APT::Sandbox::User "";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
""")


def unpack(dsc, target):
    """Unpacks a source package, with Debian's patches, into `target`."""
    # apt-get has checked every file against the signed index already.
    done = subprocess.run(
        ["dpkg-source", "--no-check", "-x", str(dsc), str(target)], text=True,
        stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        raise Unavailable(f"unpacking {dsc.name} failed:\n"
                          + done.stderr.strip())


def unpack_folders(dsc, folders, target):
    """Unpacks only some folders of a package's upstream archive.

    For packages that are too large to unpack whole; Debian's patches are not
    applied.
    """
    archives = [line.split()[2] for line in dsc.read_text().splitlines()
                if re.fullmatch(r" [0-9a-f]{64} \d+ \S+\.orig\.tar\.\w+", line)]
    if not archives:
        raise Unavailable(f"{dsc.name} names no upstream archive")
    target.mkdir(parents=True)
    # The archive's one top folder is named after the version: stripped.
    done = subprocess.run(
        ["tar", "-xf", str(dsc.parent / archives[0]), "-C", str(target),
         "--strip-components=1", "--wildcards",
         *(f"*/{folder}" for folder in folders)], text=True,
        stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        raise Unavailable(f"unpacking {archives[0]} failed:\n"
                          + done.stderr.strip())
