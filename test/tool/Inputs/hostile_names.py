"""hostile_names.py make DIR: a project whose files have names that mean something to terminals, browsers, shells and parsers.
hostile_names.py check DIR: whether the reports about them (DIR/report.FORMAT, DIR/summary.md) name them and obey none of them.
"""
import json
import os
import sys
import unicodedata
import xml.etree.ElementTree as xml
from urllib.parse import unquote_to_bytes

NAMES = [
    b"quotes \"'`.cpp",
    b"]]><script>alert(1)&amp;.cpp",
    b"lines\n::error title=x::y\n### z.cpp",
    b"escape\x1b[31m\x07\x7f.cpp",
    "rtl \u202egnp\u2066\u200f.cpp".encode(),
    b"latin caf\xe9 \xff.h",
    b"per%41cent%,comma:colon.cpp",
    b"pipe | *star* [link](x) _u_ ~s~ $HOME.cpp",
    "n\u0119w\u2028line\u0085.cpp".encode(),
]
SOURCE = "static int {n};\n/* \x1b[31m \u202e */ int next_{n}() {{ return ++{n}; }}\n"


def make(top):
    src = os.path.join(top.encode(), b"src")
    os.makedirs(src)
    entries = []
    for number, name in enumerate(NAMES):
        with open(os.path.join(src, name), "wb") as out:
            out.write(SOURCE.format(n=f"state_{number}").encode())
        if name.endswith(b".h"):  # a compilation database is UTF-8, an #include any bytes
            unit = b"unit.cpp"
            with open(os.path.join(src, unit), "wb") as out:
                out.write(b'#include "%s"\n' % name)
            name = unit
        quoted = json.dumps("NAME").encode().replace(b"NAME", b"".join(
            b"\\u%04x" % c if c < 32 or c == 127 or c in b'"\\' else bytes([c]) for c in name))
        entries.append(b'{"directory": %s, "file": %s, "arguments": ["g++", "-c", %s]}' % (json.dumps(src.decode()).encode(), quoted, quoted))
    with open(os.path.join(src, b"compile_commands.json"), "wb") as out:
        out.write(b"[" + b",\n".join(entries) + b"]")


def harmless(text, allowed="\n"):
    """Whether a terminal shows every character as it is."""
    for character in text:
        assert character in allowed or unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp"), (character, text)


def read(name):
    with open(name, encoding="utf-8") as stored:  # which is strict
        return stored.read()


def check(top):
    os.chdir(top)
    exact = {b"src/" + name for name in NAMES}
    shown = {name.decode("utf-8", errors="replace") for name in exact}

    sarif = json.loads(read("report.sarif"))["runs"][0]["results"]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in sarif]
    assert {unquote_to_bytes(uri) for uri in uris} == exact, uris
    for result in sarif:
        harmless(result["message"]["text"])

    for issue in json.loads(read("report.gitlab")):
        shown.remove(issue["location"]["path"])
        harmless(issue["description"])
    assert not shown, shown

    files = [file.get("name") for file in xml.fromstring(read("report.checkstyle"))]
    assert len(files) == len(NAMES), files
    assert "src/lines\n::error title=x::y\n### z.cpp" in files
    assert "src/]]><script>alert(1)&amp;.cpp" in files
    assert "src/escape<U+001B>[31m<U+0007><U+007F>.cpp" in files
    for file in files:
        harmless(file)
    cases = [case for case in xml.fromstring(read("report.junit")).iter("testcase") if case.get("classname") == "isolation-mutable-global"]
    assert len(cases) == len(NAMES)
    for case in cases:
        harmless(case.get("name"), allowed="")
        harmless(case.find("failure").text)

    with open("report.github", "rb") as stored:
        commands = stored.read().splitlines()
    assert len(commands) == len(NAMES), commands
    found = set()
    for command in commands:
        properties, message = command.removeprefix(b"::warning ").split(b"::", 1)
        parts = dict(part.split(b"=", 1) for part in properties.split(b","))
        assert set(parts) == {b"file", b"line", b"col", b"title"}, parts
        found.add(unquote_to_bytes(parts[b"file"]).decode())
        harmless(command.decode())
    assert "src/lines\n::error title=x::y\n### z.cpp" in found and "src/per%41cent%,comma:colon.cpp" in found, found
    assert "src/escape<U+001B>[31m<U+0007><U+007F>.cpp" in found, found

    summary = read("summary.md")
    harmless(summary)
    assert "<" not in summary and "::error" not in summary.replace("::error title&#61;x::y", "")
    rows = [line for line in summary.splitlines() if line.startswith("| medium |")]
    assert len(rows) == len(NAMES), rows
    for row in rows:
        assert row.count("|") == 5 and "*" not in row and "[" not in row and "_" not in row and "`" not in row, row

    text = read("report.text")
    harmless(text)
    assert "src/lines<U+000A>::error title=x::y<U+000A>### z.cpp:1:12: warning:" in text
    assert "src/latin caf<E9> <FF>.h:1:12: warning:" in text
    assert "src/rtl <U+202E>gnp<U+2066><U+200F>.cpp:1:12: warning:" in text
    assert "    2 | /* <U+001B>[31m <U+202E> */ int next_state_0()" in text
    json.loads(read("report.json"))


{"make": make, "check": check}[sys.argv[1]](sys.argv[2])
