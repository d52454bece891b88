#!/usr/bin/env python3
"""want.py [--tidy | --known-bugs] DIR [FILE...] < REPORT: compares findings with the comments of DIR's sources.

    Counter &get() { // want: function-local-singleton shared-mutable meyers get::it

A comment `want: RULE VERDICT WORD…` stands on the line where the finding is to be
(several are separated by ';'); each WORD is the finding's idiom, severity,
accessor, storage, kind or type. A finding that no comment wants is an error if
its verdict is one that is reported; what only --all shows needs no comment.

With --tidy the report is clang-tidy's text, which tells rule and place. One unit
is not the program: there a finding that is wanted with an unreported verdict, or
by a comment `one unit: RULE`, may show. Where FILEs are given, only theirs count.

What stands below a line `// known bug: …` is not yet as it is wanted. It is passed
over, but with --known-bugs nothing else is looked at: then a mended bug is one
error less, and a test in test/known-bugs expects that there is one.
"""
import json
import os
import re
import sys

REPORTED = ("shared-mutable", "process-resource")
TIDY = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): .*\[((?:isolation|clang-diagnostic-error)[\w,-]*)\]$")


def wanted(folder):
    """Yields (file, line, words, is for one unit only) for each comment."""
    for root, dirs, files in os.walk(folder):
        for name in files:
            if not name.endswith((".cpp", ".cc", ".h", ".inc")):
                continue
            path = os.path.join(root, name)
            for number, text in enumerate(open(path), 1):
                comment = re.search(r"// (want|one unit): ([^#]*)", text)
                if comment and not text.lstrip().startswith("// known bug"):
                    for item in comment[2].split(";"):
                        yield os.path.relpath(path, folder), number, item.split(), comment[1] == "one unit"


def of_json(stream):
    for finding in json.load(stream)["findings"]:
        accessor, storage = finding["accessor"], finding["storage"] or {}
        place = accessor or storage
        words = [finding[key] for key in ("idiom", "severity", "type")] + [storage.get("name"), storage.get("kind")]
        words += [accessor["name"]] if accessor else ["-"]
        yield place["file"], place["line"], finding["rule"].replace("isolation-", ""), finding["verdict"], words


def of_tidy(stream, folder):
    seen, found = set(), []
    for text in stream:
        match = TIDY.match(text.rstrip())
        if match and text not in seen: # a header speaks in each unit
            seen.add(text)
            path = os.path.relpath(os.path.realpath(match[1]), os.path.realpath(folder))
            found += [(path, int(match[2]), rule.replace("isolation-", ""), None, ()) for rule in match[3].split(",")]
    return found


def known_bugs(folder):
    """The lines that stand below a mark."""
    found = set()
    for root, dirs, files in os.walk(folder):
        for name in files:
            if name.endswith((".cpp", ".cc", ".h", ".inc")):
                path = os.path.join(root, name)
                for number, text in enumerate(open(path), 1):
                    if text.lstrip().startswith("// known bug:"):
                        found.add((os.path.relpath(path, folder), number + 1))
    return found


def named(word, words):
    """Names may leave out their first scopes."""
    return any(given == word or (given or "").endswith("::" + word) for given in words)


def main():
    tidy, bugs = sys.argv[1] == "--tidy", sys.argv[1] == "--known-bugs"
    folder, *files = sys.argv[2:] if tidy or bugs else sys.argv[1:]
    wants = [want for want in wanted(folder) if not files or want[0] in files]
    open_wants = [want for want in wants if not want[3] and not (tidy and want[2][1] not in REPORTED)]
    errors, harmless = [], []
    for file, line, rule, verdict, words in sorted(of_tidy(sys.stdin, folder) if tidy else of_json(sys.stdin), key=str):
        def fits(want):
            return (want[:2] == (file, line) and want[2][0] == rule
                    and (tidy or (want[2][1] == verdict and all(named(word, words) for word in want[2][2:]))))
        found = list(filter(fits, open_wants))
        if tidy and any(want[:2] == (file, line) and want[2][0] == rule for want in wants):
            # clang-tidy says the same thing of the same place once.
            open_wants = [want for want in open_wants if want not in found]
        elif found:
            open_wants.remove(found[0])
        elif tidy or verdict in REPORTED:
            errors.append((file, line, "unwanted", " ".join(map(str, [rule, verdict, *words]))))
        else:
            harmless.append((file, line, "  but", " ".join(map(str, [rule, verdict, *words]))))
    errors += [(file, line, "missing", " ".join(words)) for file, line, words, _ in open_wants]
    errors += [said for said in harmless if any(want[:2] == said[:2] for want in open_wants)]
    known = known_bugs(folder)
    errors = [said for said in errors if (said[:2] in known) == bugs]
    for file, line, what, text in sorted(errors):
        print(f"{file}:{line}: {what}: {text}")
    print(f"{len(wants)} wanted")
    sys.exit(1 if errors or not wants else 0)


if __name__ == "__main__":
    main()
