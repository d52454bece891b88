#!/usr/bin/python3
"""ci_steps.py action FOLDER NAME=VALUE…: runs the steps of this repository's action.yml in FOLDER.
ci_steps.py workflow FILE JOB FOLDER: the same for the steps of a workflow's job.
ci_steps.py gitlab FILE JOB FOLDER: the script of a GitLab job.

As the runner does it: each step is a file that bash runs, values reach it as variables,
and GITHUB_OUTPUT, GITHUB_PATH and GITHUB_STEP_SUMMARY are files, left in FOLDER. A step
that `uses` another action cannot run here: what it is given is printed. Debian's
python3-yaml belongs to Debian's own python3, which is why that is named above.
"""
import os
import re
import subprocess
import sys

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


def load(path):
    with open(path, encoding="utf-8") as stored:
        return yaml.safe_load(stored)


def resolved(text, values):
    """`${{ name }}` replaced; a name that is not known is a fault of the file."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: values[match[1]], str(text))


class Runner:
    def __init__(self, folder, values):
        self.folder, self.values = folder, values
        self.env = {**os.environ, "GITHUB_ACTION_PATH": os.environ.get("GITHUB_ACTION_PATH", ROOT)}
        for name in ("OUTPUT", "PATH", "STEP_SUMMARY"):
            self.env["GITHUB_" + name] = os.path.join(folder, f"github_{name.lower()}")
            open(self.env["GITHUB_" + name], "w").close()

    def read(self, name):
        with open(self.env["GITHUB_" + name]) as stored:
            return stored.read().splitlines()

    def run(self, step):
        print("step:", step.get("name", step.get("uses")), flush=True)
        if "uses" in step:
            print("  uses", step["uses"], {key: resolved(value, self.values) for key, value in step.get("with", {}).items()}, flush=True)
            return 0
        assert "${{" not in step["run"], "outside text in a script"
        script = os.path.join(self.folder, "step.sh")
        with open(script, "w") as out:
            out.write(step["run"])
        env = {**self.env, **{key: resolved(value, self.values) for key, value in step.get("env", {}).items()}}
        env["PATH"] = os.pathsep.join([*reversed(self.read("PATH")), env["PATH"]])
        status = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", script], cwd=self.folder, env=env).returncode
        for line in self.read("OUTPUT"):
            name, value = line.split("=", 1)
            self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
        return status


def run_all(steps, folder, values, failed=0):
    runner = Runner(folder, values)
    for step in steps:
        # After a failure only those that say so still run.
        if failed and "failure()" not in str(step.get("if")):
            continue
        failed = runner.run(step) or failed
    return failed


def main():
    kind, *rest = sys.argv[1:]
    if kind == "action":
        folder, *given = rest
        action = load(os.path.join(ROOT, "action.yml"))
        values = {"inputs." + name: str(entry.get("default", "")) for name, entry in action["inputs"].items()}
        for pair in given:
            name, value = pair.split("=", 1)
            assert "inputs." + name in values, name
            values["inputs." + name] = value.replace("\\n", "\n")
        for step in action["runs"]["steps"]:
            assert "uses" in step or step["shell"] == "bash", "a composite action names each shell"
        status = run_all(action["runs"]["steps"], folder, values)
        for name, output in action["outputs"].items():
            print(f"output {name}={resolved(output['value'], values)}", flush=True)
    elif kind == "workflow":
        path, job, folder = rest
        status = run_all(load(path)["jobs"][job]["steps"], folder, {})
    else:
        path, job, folder = rest
        script = load(path)[job]["script"]
        status = subprocess.run(["bash", "-eo", "pipefail", "-c", "\n".join(script)], cwd=folder).returncode
        for name in sorted(load(path)[job]["artifacts"]["reports"].values()):
            assert os.path.exists(os.path.join(folder, name)), name
            print("artifact", name, flush=True)
    print("status", status)


main()
