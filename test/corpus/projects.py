"""The corpus: what to fetch, and how each project wants to be configured.

The compiler is whatever CMake picks, GCC on Debian: compile databases written
for GCC are what the tool meets in the wild.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """A Debian source package that builds with CMake."""

    # Debian packages that configuring or parsing it needs.
    needs: tuple[str, ...] = ()
    # Arguments for cmake, on top of what every project gets.
    options: tuple[str, ...] = ()
    # What to build so that headers made by the build exist.
    targets: tuple[str, ...] = ()
    # Sources that GCC takes and Clang 22 rejects: left out of the database,
    # so that a failed unit always means the tool.
    not_for_clang: tuple[str, ...] = ()


# Whatever CMake would look for by itself is switched on or off here, so that
# a project has the same units on every machine.
PROJECTS = {
    "log4cplus": Project(
        options=("-DWITH_UNIT_TESTS=ON", "-DLOG4CPLUS_BUILD_TESTING=ON"),
    ),
    # Debian's package holds no copies of other libraries. Of the databases
    # only SQLite: the others add clients' headers, not code of another kind.
    "poco": Project(
        needs=("libexpat1-dev", "libpcre3-dev", "libsqlite3-dev",
               "libssl-dev", "zlib1g-dev"),
        options=("-DPOCO_UNBUNDLED=ON", "-DENABLE_TESTS=ON",
                 "-DENABLE_DATA_SQLITE=ON", "-DENABLE_DATA_MYSQL=OFF",
                 "-DENABLE_DATA_POSTGRESQL=OFF", "-DENABLE_DATA_ODBC=OFF",
                 "-DENABLE_APACHECONNECTOR=OFF"),
        # Its header uses a member that the class does not have, in a function
        # that nobody instantiates.
        not_for_clang=("Foundation/testsuite/src/PriorityEventTest.cpp",),
    ),
    # Compiled and header-only, so half of its tests are there twice with
    # different macros: one file, two units.
    "spdlog": Project(
        needs=("catch2", "libfmt-dev"),
        options=("-DSPDLOG_FMT_EXTERNAL=ON",
                 "-DSPDLOG_BUILD_EXAMPLE=ON", "-DSPDLOG_BUILD_EXAMPLE_HO=ON",
                 "-DSPDLOG_BUILD_TESTS=ON", "-DSPDLOG_BUILD_TESTS_HO=ON"),
    ),
}

# Where the test inputs of Clang and clang-tidy come from.
TOOLCHAIN = "llvm-toolchain-22"


@dataclass(frozen=True)
class Labelled:
    """What of a project has been labelled by hand, for `accuracy`."""

    labels: str  # a file of labels/
    # Labels are complete for these folders: only what is reported in them is
    # compared, while the whole project is analysed.
    folders: tuple[str, ...]


LABELLED = {
    "log4cplus": Labelled("log4cplus.csv", ("include", "src")),
    "poco": Labelled("poco-foundation.csv",
                     ("Foundation/include", "Foundation/src")),
}
