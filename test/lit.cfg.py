# The lit suites: what a user of the tool sees.
#
# Substitutions:
#   %unsingleton   the tool
#   %compdb        compdb.py DIR [FLAG…]: a compile database for the sources in DIR
#   %migrate       migrate.py DIR [OPTION…]: runs `fix` in DIR and proves that a
#                  second run edits nothing, and, with the LLVM that releases are
#                  made with, that the result compiles and that the order of units,
#                  -j and the body ledger change no byte
#   %tidy          clang-tidy with the plugin loaded and only our checks on
#   %isolation     the flags that find the runtime's headers
import os
import sys

import lit.formats

config.name = "unsingleton"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
config.excludes = ["Inputs", "unit", "runtime", "golden_path", "corpus", "bench", "support", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.unsingleton_build, "test")

tool = os.path.join(config.unsingleton_build, "bin", "unsingleton")
plugin = os.path.join(config.unsingleton_build, "lib", "libunsingleton-tidy.so")
support = os.path.join(config.test_source_root, "support")
runtime = os.path.join(config.unsingleton_source, "runtime", "include")

config.environment["PATH"] = os.pathsep.join([config.llvm_bin, os.environ["PATH"]])
config.environment["UNSINGLETON"] = tool
config.environment["CLANGXX"] = os.path.join(config.llvm_bin, "clang++")
config.environment["ISOLATION_INCLUDE"] = runtime
config.environment["MIGRATE_BRIEFLY"] = "0" if config.llvm_major == "22" else "1"
# Tests make their own repositories; the user's git settings must not matter.
for name, value in {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "test", "GIT_AUTHOR_EMAIL": "test@example.com",
    "GIT_COMMITTER_NAME": "test", "GIT_COMMITTER_EMAIL": "test@example.com",
}.items():
    config.environment[name] = value

python = sys.executable
config.substitutions += [
    ("%unsingleton", tool),
    ("%compdb", f"{python} {os.path.join(support, 'compdb.py')}"),
    ("%migrate", f"{python} {os.path.join(support, 'migrate.py')}"),
    ("%tidy", f"{os.path.join(config.llvm_bin, 'clang-tidy')} -load {plugin} -checks=-*,isolation-*"),
    ("%plugin", plugin),
    ("%build", config.unsingleton_build),
    ("%isolation", f"-I{runtime}"),
]
config.available_features.add(f"llvm-{config.llvm_major}")
# Any other major version of clang-tidy that happens to be installed.
for major in range(14, 30):
    other = f"/usr/bin/clang-tidy-{major}"
    if str(major) != config.llvm_major and os.path.exists(other):
        config.substitutions.append(("%other-tidy", other))
        config.available_features.add("other-clang-tidy")
        break
if os.geteuid() == 0:
    config.available_features.add("root")
