#!/usr/bin/env python3
"""findings.py < REPORT.json: one line a finding, for FileCheck to read.

    rule idiom verdict severity accessor storage kind type consumers=N

The rule is without 'isolation-'; an accessor or storage that is null prints as '-'.
"""
import json
import sys


def main():
    for finding in json.load(sys.stdin)["findings"]:
        accessor, storage = finding["accessor"], finding["storage"]
        print(finding["rule"].replace("isolation-", ""), finding["idiom"], finding["verdict"], finding["severity"],
              accessor["name"] if accessor else "-", storage["name"] if storage else "-",
              storage["kind"] if storage else "-", finding["type"],
              f"consumers={finding['consumers']}")


if __name__ == "__main__":
    main()
