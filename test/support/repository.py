"""A git repository that a test edits, with a compilation database beside it.

    repository = Repository(folder)      # FOLDER holds its first files, and src/*.cpp are units
    repository.begin()                   # they are the first commit, of the branch main
    repository.append("src/a.cpp", "int more;\n")
"""
import json
import os
import subprocess


class Repository:
    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        self.build = os.path.join(os.path.dirname(self.folder), "build")

    def git(self, *arguments):
        ran = subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, text=True)
        assert ran.returncode == 0, f"git {arguments}: {ran.stderr}"
        return ran.stdout

    def begin(self):
        self.git("init", "-q", "-b", "main")
        self.commit("base")

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-qm", message, "--allow-empty")

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name)) as stored:
            return stored.read()

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as stored:
            stored.write(text)

    def append(self, name, text):
        self.write(name, self.read(name) + text)

    def replace(self, name, old, new):
        assert old in self.read(name), f"{old} in {name}"
        self.write(name, self.read(name).replace(old, new))

    def remove(self, name):
        os.remove(self.path(name))

    def database(self, leave_out=()):
        """Writes it as the build of today's files would."""
        names = sorted(name for name in os.listdir(self.path("src")) if name.endswith(".cpp") and name not in leave_out)
        os.makedirs(self.build, exist_ok=True)
        with open(os.path.join(self.build, "compile_commands.json"), "w") as out:
            json.dump([{"directory": self.folder, "file": f"src/{name}",
                        "arguments": ["c++", "-std=c++17", f"-I{os.environ['ISOLATION_INCLUDE']}", "-c", f"src/{name}"]} for name in names], out)
