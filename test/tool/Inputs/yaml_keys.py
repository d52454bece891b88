#!/usr/bin/python3
"""yaml_keys.py FILE KEY…: whether a YAML file is a map of exactly these keys."""
import sys

import yaml

with open(sys.argv[1]) as stored:
    found = yaml.safe_load(stored)
assert sorted(found) == sorted(sys.argv[2:]), sorted(found)
