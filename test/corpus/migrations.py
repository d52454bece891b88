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
    "google-glog": Migration(
        needs=("libgflags-dev", "libgtest-dev", "libgmock-dev"),
        options=("-DBUILD_TESTING=ON",),
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
    # Foundation and its test suite only.
    "poco": Migration(
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
