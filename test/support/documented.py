"""What the documentation tells a reader to type.

A command is
  - a line of a block of `sh`, joined with the next where it ends in a backslash;
  - a line of a block of `console` that begins with "$ ": the others are what it prints;
  - a `run:` step of a block of YAML;
  - in any other block, but one of `text`, and in what is indented as code, a line that begins with
    "$ " or with the name of a program of PROGRAMS;
  - a list item that begins with one, as the pages of commands have them.
"""
import fnmatch
import glob
import os
import re
from typing import NamedTuple

PROGRAMS = r"(?:unsingleton|cmake|ctest|cpack|clang-tidy|git|npm|cd|cp|source|\.?\.?/?(?:script|test|tool|build)/\S+)"
PAGES = ["*.md", "docs/*.md", "docs/*/*.md", "integration/*.md", "test/*/*.md"]


class Command(NamedTuple):
    section: str  # the last heading above it
    text: str
    prints: list  # what the page says that it prints, of a `console`; else None


def continued(lines):
    """Lines, joined where one ends in a backslash."""
    held = ""
    for line in lines:
        if line.endswith("\\"):
            held += line[:-1]
        elif held or line.strip():
            yield held + line.lstrip() if held else line
            held = ""


def of_block(language, lines):
    if language == "sh":
        return [(line, None) for line in continued(lines)]
    if language == "console":
        found = []
        for line in lines:
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif found:
                found[-1][1].append(line)
        return found
    if language == "yaml":
        steps = (re.match(r"\s*(?:- )?run: (.+)", line) for line in lines)
        return [(step[1], None) for step in steps if step]
    if language == "text":
        return []
    matches = (re.match(rf"(?:\$ (.*)|({PROGRAMS}\b.*))$", line) for line in continued(lines))
    return [(match[1] or match[2], None) for match in matches if match]


def commands(page):
    """Those of a page's text, in their order."""
    section, language, block = "", None, []
    for line in page.splitlines() + [""]:
        fence = re.match(r"```(\w*)( \S+)?\s*$", line)
        if language is not None:
            if fence:
                for text, prints in of_block(language, block):
                    yield Command(section, text, prints)
                language, block = None, []
            else:
                block.append(line)
        elif fence:
            language, block = fence[1], []
        elif heading := re.match(r"#+ (.*)", line):
            section = heading[1]
        else:
            indented = re.match(rf"    ((?:\$ )?{PROGRAMS}\b.*)", line)
            item = re.match(rf"- `({PROGRAMS}\b[^`]*)`", line)
            if indented or item:
                yield Command(section, (indented or item)[1].removeprefix("$ "), None)
    assert language is None, "a block that does not end"


class Exceptions:
    """FILE holds a line for each: PAGE: PATTERN: why no test runs it."""

    def __init__(self, file):
        self.rows, self.used = [], set()
        with open(file, encoding="utf-8") as stored:
            for line in stored:
                if line.strip() and not line.startswith("#"):
                    page, pattern, reason = line.strip().split(": ", 2)
                    self.rows.append((page, pattern, reason))

    def reason(self, page, command):
        for row in self.rows:
            if row[0] == page and fnmatch.fnmatchcase(command, row[1]):
                self.used.add(row)
                return row[2]
        return None

    def unused(self):
        return [row for row in self.rows if row not in self.used]


def quotes(page):
    """(file, text) of each block that says where it is from: "```cpp checks/Rules.def"."""
    return re.findall(r"^```\w+ (\S+)\n(.*?)^```$", page, re.M | re.S)


def links(page):
    """The files that a page links to, as it writes them."""
    return re.findall(r"\]\((?![a-z]+:)([^)#\s]+)[^)\s]*\)", page)


def pages(root):
    """All pages below the root, by their path from there."""
    found = {path for pattern in PAGES for path in glob.glob(os.path.join(root, pattern))}
    return sorted(os.path.relpath(path, root) for path in found)
