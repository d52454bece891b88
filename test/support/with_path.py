#!/usr/bin/env python3
"""with_path.py DIR COMMAND [ARGUMENT...]: runs it with DIR first on the PATH (lit's shell replaces no variables)."""
import os
import sys

os.environ["PATH"] = sys.argv[1] + os.pathsep + os.environ["PATH"]
os.execvp(sys.argv[2], sys.argv[2:])
