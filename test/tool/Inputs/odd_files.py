"""odd_files.py DIR: what `fix` must have left of the bytes that bytes_project.py wrote to DIR/src."""
import os
import sys

src = os.path.join(sys.argv[1], "src")


def read(name):
    with open(os.path.join(src, name), "rb") as stored:
        return stored.read()


header = read("h\u00e9ader with space.h")
assert b"create_state(" in header, header
assert not header.endswith(b"\n"), "the header got a newline at its end"
assert b"\tvoid add() { ++n; }\n\tint n = 0;\n};" in header, header
assert b"\r" not in header

source = read("a file.cpp")
assert source.startswith(b"\xef\xbb\xbf#include"), source[:20]
assert source.count(b"\xef\xbb\xbf") == 1, "a second byte order mark"
assert source.count(b"\n") == source.count(b"\r\n"), source
assert b"\r\r" not in source
assert "// caf\u00e9, \u65e5\u672c".encode() in source or b"static constexpr" in source, source
assert source.endswith(b"}"), "the source got a newline at its end"
assert b"create_state(" in source

latin = read("\u65e5\u672c\u8a9e.cpp")
assert latin.endswith(b"// latin-1: caf\xe9\n"), latin
assert b"create_state(" in latin and b"\r" not in latin
assert b"create_state(" in read("q'u\"o&t;e$d.cpp")
left = [name for _, _, names in os.walk(src) for name in names if "unsingleton" in name]
assert not left, left
