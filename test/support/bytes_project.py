#!/usr/bin/env python3
"""bytes_project.py DIR: a project whose files have odd names and odd bytes, for test/tool/odd-files.test."""
import json
import os
import sys

HEADER = "#pragma once\nstruct State {\n\tvoid add() { ++n; }\n\tint n = 0;\n};\nState &get_state();"
SOURCE = '#include "{header}"\n\nState &get_state() {{\n\tstatic State s; // caf\u00e9, \u65e5\u672c\n\treturn s;\n}}\nvoid use_{n}() {{\n\tget_state().add();\n}}'
USER = '#include "{header}"\nvoid use_{n}() {{ get_state().add(); }}\n'


def write(folder, name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)
    return path


def main():
    top = os.path.abspath(sys.argv[1])
    src = os.path.join(top, "src")
    header = "h\u00e9ader with space.h"
    # No newline at the end; CRLF, a byte order mark and tabs; bytes that are no UTF-8.
    write(src, header, HEADER.encode("utf-8"))
    files = [
        write(src, "a file.cpp", b"\xef\xbb\xbf" + SOURCE.format(header=header, n=1).replace("\n", "\r\n").encode("utf-8")),
        write(src, "\u65e5\u672c\u8a9e.cpp", USER.format(header=header, n=2).encode("utf-8") + b"// latin-1: caf\xe9\n"),
        write(src, "q'u\"o&t;e$d.cpp", USER.format(header=header, n=3).encode("utf-8")),
        write(src, os.path.join(*["a-rather-long-folder-name" * 4] * 3, "n" * 200 + ".cpp"), USER.format(header=header, n=4).encode("utf-8")),
    ]
    entries = [{"directory": top, "file": path, "arguments": ["g++", "-std=c++17", "-I" + src, "-I" + os.environ["ISOLATION_INCLUDE"], "-c", path]}
               for path in files]
    write(os.path.join(top, "build"), "compile_commands.json", json.dumps(entries).encode())


if __name__ == "__main__":
    main()
