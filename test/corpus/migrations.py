"""Which packages `migrate` migrates, and how each is built and tested."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Migration:
    """A Debian source package that builds with CMake and has tests for ctest."""

    # Debian packages that building it needs.
    needs: tuple[str, ...] = ()
    # Arguments for cmake, on top of what every project gets.
    options: tuple[str, ...] = ()
    # What to build; () is everything.
    targets: tuple[str, ...] = ()
    # The words of CMakeLists.txt that ask for an older standard than C++17,
    # which the runtime needs; "": there are none.
    standard: str = ""
    # Tests that are not run: a regular expression for ctest -E.
    without: str = ""
    # What names a case that fails in the output of a test that runs many, so
    # that one more is seen where the test failed before: a regular expression
    # with one group; "": each test is one case.
    failing_case: str = ""
    # What `fix` is given beside --frontier=bridge.
    fix: tuple[str, ...] = ()


MIGRATIONS = {
    "gflags": Migration(
        options=("-DBUILD_TESTING=ON", "-DBUILD_SHARED_LIBS=ON"),
    ),
    "benchmark": Migration(
        # Debian comments out what asks git for the version.
        needs=("libgtest-dev", "libgmock-dev"),
        standard="set(BENCHMARK_CXX_STANDARD 11",
        options=("-DBENCHMARK_ENABLE_TESTING=ON", "-DGIT_VERSION=0.0.0",
                 "-DBENCHMARK_USE_BUNDLED_GTEST=OFF",
                 "-DBENCHMARK_ENABLE_WERROR=OFF",
                 "-DBENCHMARK_ENABLE_ASSEMBLY_TESTS=OFF"),
    ),
    "console-bridge": Migration(
        needs=("libgtest-dev",),
        standard="-std=c++11",
        # Or it would fetch what checks its style.
        options=("-DBUILD_TESTING=ON", "-DWGET_EXE=OFF"),
    ),
    "google-glog": Migration(
        needs=("libgflags-dev", "libgtest-dev", "libgmock-dev"),
        options=("-DBUILD_TESTING=ON", "-DWGET_EXE=WGET_EXE-NOTFOUND"),
    ),
    "log4cplus": Migration(
        standard="set (CMAKE_CXX_STANDARD 11",
        options=("-DWITH_UNIT_TESTS=ON", "-DLOG4CPLUS_BUILD_TESTING=ON",
                 "-DLOG4CPLUS_BUILD_LOGGINGSERVER=OFF"),
    ),
    "spdlog": Migration(
        needs=("catch2", "libfmt-dev"),
        options=("-DSPDLOG_FMT_EXTERNAL=ON", "-DSPDLOG_BUILD_EXAMPLE=OFF",
                 "-DSPDLOG_BUILD_TESTS=ON"),
    ),
    "exiv2": Migration(
        needs=("libexpat1-dev", "zlib1g-dev", "libgtest-dev"),
        options=("-DEXIV2_BUILD_UNIT_TESTS=ON", "-DEXIV2_BUILD_SAMPLES=ON",
                 "-DEXIV2_ENABLE_NLS=OFF"),
        # Samples that only other systems or options compile.
        fix=("--ignore-unseen",),
    ),
    # Foundation and what cannot be left out, XML and JSON, with their suites.
    "poco": Migration(
        standard="set(CMAKE_CXX_STANDARD 14",
        failing_case=r"(?m)^ *\d+: (\S+)$",
        # Its other libraries call these, and are not built here.
        fix=("--ignore-unseen",),
        needs=("libpcre3-dev", "zlib1g-dev"),
        options=("-DPOCO_UNBUNDLED=ON", "-DENABLE_TESTS=ON",
                 *(f"-DENABLE_{part}=OFF" for part in (
                     "XML", "JSON", "NET", "NETSSL", "CRYPTO", "DATA",
                     "DATA_SQLITE", "DATA_MYSQL", "DATA_POSTGRESQL",
                     "DATA_ODBC", "MONGODB", "REDIS", "UTIL", "ZIP", "JWT",
                     "PAGECOMPILER", "PAGECOMPILER_FILE2PAGE",
                     "ACTIVERECORD", "ACTIVERECORD_COMPILER", "ENCODINGS",
                     "APACHECONNECTOR", "CPPPARSER", "PDF", "SEVENZIP",
                     "PROMETHEUS"))),
    ),
}
