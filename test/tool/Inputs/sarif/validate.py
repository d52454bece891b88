#!/usr/bin/python3
"""validate.py FILE: a SARIF log against the published schema, and against what GitHub's documentation asks for besides.

Debian's python3-jsonschema belongs to Debian's own python3, which is why that is named above.
"""
import json
import os
import re
import sys
from urllib.parse import urlsplit

import jsonschema

with open(os.path.join(os.path.dirname(__file__), "sarif-schema-2.1.0.json")) as stored:
    schema = json.load(stored)
with open(sys.argv[1], encoding="utf-8") as stored:
    log = json.load(stored)
jsonschema.Draft4Validator.check_schema(schema)
problems = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in jsonschema.Draft4Validator(schema).iter_errors(log)]
assert not problems, problems[:5]


def artifact(location):
    where = location["artifactLocation"]
    parts = urlsplit(where["uri"])
    assert re.fullmatch(r"(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+", parts.path), where
    if "uriBaseId" in where:
        assert where["uriBaseId"] == "%SRCROOT%" and not parts.scheme and not parts.path.startswith("/"), where
    else:
        assert parts.scheme == "file", where


def physical(location):
    artifact(location)
    region = location["region"]
    assert region["startLine"] >= 1 and region.get("startColumn", 1) >= 1, region
    assert region.get("endColumn", region.get("startColumn", 1)) >= region.get("startColumn", 1), region


assert len(log["runs"]) == 1
run = log["runs"][0]
rules = run["tool"]["driver"]["rules"]
for rule in rules:
    for part in ("shortDescription", "fullDescription", "help"):
        assert rule[part]["text"].strip(), rule["id"]
    assert rule["help"]["markdown"].startswith("Flags "), rule["help"]["markdown"][:60]
    assert "<!--" not in rule["help"]["markdown"] and "](.." not in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
assert "%SRCROOT%" in run["originalUriBaseIds"]
assert run["columnKind"] == "utf16CodeUnits"
levels = {"high": "error", "medium": "warning", "low": "note"}
prints = set()
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] == levels[result["properties"]["severity"]]
    assert len(result["locations"]) == 1, "GitHub shows the first only"
    physical(result["locations"][0]["physicalLocation"])
    for related in result["relatedLocations"]:
        physical(related["physicalLocation"])
        assert related["message"]["text"]
    for flow in result.get("codeFlows", []):
        for step in flow["threadFlows"][0]["locations"]:
            physical(step["location"]["physicalLocation"])
    fingerprints = result["partialFingerprints"]
    assert re.fullmatch(r"[0-9a-f]{16}(-\d+)?", fingerprints["unsingletonFingerprint/v1"]), fingerprints
    assert re.fullmatch(r"[0-9a-f]{1,16}:\d+", fingerprints["primaryLocationLineHash"]), fingerprints
    prints.add(fingerprints["unsingletonFingerprint/v1"])
assert len(prints) == len(run["results"]), "each result has a fingerprint of its own"
assert len(run["invocations"]) == 1
for notification in run["invocations"][0]["toolExecutionNotifications"]:
    for where in notification.get("locations", []):
        artifact(where["physicalLocation"])
print(len(run["results"]), "results, successful:", run["invocations"][0]["executionSuccessful"])
for result in run["results"]:
    place = result["locations"][0]["physicalLocation"]
    print(result["level"], result["ruleId"], place["artifactLocation"]["uri"], *place["region"].values())
