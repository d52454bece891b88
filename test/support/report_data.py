#!/usr/bin/env python3
"""report_data.py FILE.html [PATH...]: prints the data in a report as JSON, or the parts at PATH.

A PATH is like `findings.0.name`. Fails if the page holds more than one place for
data, or if the data could end its own element.
"""
import json
import sys


def main():
    page = open(sys.argv[1], encoding="utf-8").read()
    start = '<script type="application/json" id="data">'
    if page.count(start) != 1:
        sys.exit("not one place for data")
    text = page.split(start)[1].split("</script>")[0]
    for bad in "<>&\u2028\u2029":
        if bad in text:
            sys.exit(f"unescaped {bad!r} in the data")
    data = json.loads(text)
    if len(sys.argv) == 2:
        print(json.dumps(data, indent=1, sort_keys=True))
    for path in sys.argv[2:]:
        part = data
        for key in path.split("."):
            part = part[int(key)] if isinstance(part, list) else part[key]
        print(path, "=", part if isinstance(part, str) else json.dumps(part, sort_keys=True))


if __name__ == "__main__":
    main()
