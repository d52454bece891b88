#!/usr/bin/env python3
"""Compile every public header in each language mode, without a warning.

Modes: C++17, 20 and 23; checked and unchecked; with and without exceptions and
RTTI; by each of the compilers that is there. Coroutines want C++20; what
connects to Asio is left out where that library is not there.
"""

import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
         "-Wshadow", "-Werror", "-x", "c++", "-"]

# What a header wants besides C++17. The two Asios do not go together into one
# unit, and want exceptions.
CONDITIONS = {
    "asio.h": "ISOLATION_CHECKED && __cpp_exceptions && "
              "__has_include(<asio/execution/execute.hpp>)",
    "boost_asio.h": "!ISOLATION_CHECKED && __cpp_exceptions && "
                    "__has_include(<boost/asio/execution/execute.hpp>)",
    "coroutine.h": "__cplusplus >= 202002L",
}

PROGRAM = """
#include <memory>
struct Base { virtual ~Base() = default; };
struct Derived : Base {};
inline constexpr isolation::PerRequest<Base> slot;
inline constexpr isolation::PerUser<int> of_user;
int use(isolation::Domain &domain) {
  const auto context = domain.begin(isolation::Identity{"u", "t", "r"});
  const isolation::ContextGuard guard(context.child("c"));
  slot.get_or_create(context, [] { return Derived(); });
  slot.set(context, std::make_unique<Derived>());
  const auto fake = slot.override_factory(domain, [] { return Derived(); });
  of_user.get_or_create(context, [] { return 1; });
  slot.reset(context);
  return *of_user.scoped(isolation::current_context());
}
"""


def including_all(root):
    lines = []
    for header in sorted(pathlib.Path(root, "isolation").glob("*.h")):
        include = f"#include <isolation/{header.name}>"
        condition = CONDITIONS.get(header.name)
        lines += [f"#if {condition}", include, "#endif"] if condition else [include]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", action="append", required=True)
    parser.add_argument("--include", required=True)
    args = parser.parse_args()
    compilers = [c for c in args.compiler if shutil.which(c)]
    program = including_all(args.include) + PROGRAM

    modes = [(compiler, standard, checked, extra)
             for compiler in compilers
             for standard in ("c++17", "c++20", "c++23")
             for checked in (0, 1)
             for extra in ([], ["-fno-exceptions", "-fno-rtti"])]

    def compile_in(mode):
        compiler, standard, checked, extra = mode
        command = [compiler, f"-std={standard}",
                   f"-DISOLATION_CHECKED={checked}", *extra,
                   "-I", args.include, *FLAGS]
        done = subprocess.run(command, input=program, text=True,
                              stderr=subprocess.PIPE)
        return None if done.returncode == 0 else \
            " ".join(command) + "\n" + done.stderr

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures = [said for said in pool.map(compile_in, modes) if said]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(modes)} modes, {len(failures)} failures")
    return 1 if failures or not modes else 0


if __name__ == "__main__":
    sys.exit(main())
