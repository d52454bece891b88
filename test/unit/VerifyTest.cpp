//===- VerifyTest.cpp - What is parsed again --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Verify.h"
#include "checks/facts/CompileArguments.h"
#include "checks/program/Program.h"
#include "tool/Config.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
/// Two units on disk that share a header.
class VerifyTest : public testing::Test {
protected:
  VerifyTest() {
    llvm::SmallString<128> Made;
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("verify", Made));
    EXPECT_FALSE(llvm::sys::fs::real_path(Made, Folder));
    write("shared.h", "int shared();\n");
    std::vector<UnitFacts> Facts;
    for (const char *Name : {"a.cpp", "b.cpp"}) {
      std::string Path = write(Name, "#include \"shared.h\"\n");
      Units.push_back({compileArguments({"clang++", "-std=c++17", "-c", Path},
                                        {UNSINGLETON_RESOURCE_DIR}),
                       std::string(Folder),
                       Path,
                       {}});
      Facts.push_back(extractUnit(Units.back(), Of.Extracting,
                                  llvm::vfs::createPhysicalFileSystem(), {}));
      EXPECT_FALSE(Facts.back().failed());
    }
    P = std::make_unique<Program>(Program::link(std::move(Facts), true));
    Checks = std::make_unique<Verifier>(*P, Units, Of, 1, false);
  }
  ~VerifyTest() override { llvm::sys::fs::remove_directories(Folder); }

  std::string write(llvm::StringRef Name, llvm::StringRef Text) const {
    llvm::SmallString<128> Path = Folder;
    llvm::sys::path::append(Path, Name);
    std::error_code EC;
    llvm::raw_fd_ostream(Path, EC) << Text;
    EXPECT_FALSE(EC);
    return std::string(Path);
  }

  ChangedFile changed(llvm::StringRef Name, std::string After) const {
    llvm::SmallString<128> Path = Folder;
    llvm::sys::path::append(Path, Name);
    ChangedFile File;
    File.Path = std::string(Path);
    File.After = std::move(After);
    return File;
  }

  VerifyResult verify(std::vector<ChangedFile> Files) {
    return Checks->verify(Files);
  }

  llvm::SmallString<128> Folder;
  Project Of;
  std::vector<UnitCommand> Units;
  std::unique_ptr<Program> P;
  std::unique_ptr<Verifier> Checks;
};

constexpr const char *Good = "#include \"shared.h\"\nint good = shared();\n";

TEST_F(VerifyTest, IsAboutTheUnitsThatSeeAChange) {
  VerifyResult Of = verify({changed("a.cpp", Good)});
  EXPECT_EQ(Of.Units, 1u);
  EXPECT_TRUE(Of.Errors.empty());
  ASSERT_EQ(Checks->facts().size(), 1u);
  EXPECT_EQ(Checks->facts()[0].MainFile, Units[0].File);
  EXPECT_EQ(verify({changed("shared.h", "int shared();\nint more();\n")}).Units,
            2u);
  EXPECT_EQ(Checks->facts().size(), 2u);
}

TEST_F(VerifyTest, KnowsWhatItHasParsed) {
  ChangedFile A = changed("a.cpp", Good);
  EXPECT_TRUE(verify({A}).Errors.empty());
  // Whoever looks at the disk now finds it broken.
  write("shared.h", "no declaration\n");
  VerifyResult Again = verify({A});
  EXPECT_EQ(Again.Units, 1u);
  EXPECT_TRUE(Again.Errors.empty());
  EXPECT_EQ(Checks->facts().size(), 1u);
  EXPECT_FALSE(
      verify({changed("a.cpp", std::string(Good) + "\n")}).Errors.empty());
}

TEST_F(VerifyTest, ParsesWhereAnotherFileThatAUnitReadsIsChanged) {
  ChangedFile A = changed("a.cpp", Good);
  EXPECT_TRUE(verify({A}).Errors.empty());
  EXPECT_FALSE(
      verify({A, changed("shared.h", "long other();\n")}).Errors.empty());
  EXPECT_TRUE(verify({A}).Errors.empty());
}

TEST_F(VerifyTest, SaysTheFirstErrorOfEachUnitOnce) {
  EXPECT_EQ(verify({changed("shared.h", "int shared() { return; }\nint;\n")})
                .Errors.size(),
            1u);
  VerifyResult Two = verify({changed("a.cpp", "int a = b;\nint c = d;\n"),
                             changed("b.cpp", "int e = f;\n")});
  ASSERT_EQ(Two.Errors.size(), 2u);
  EXPECT_EQ(Two.Errors[0].What.Line, 1u);
  EXPECT_EQ(Two.Errors[0].What.File, Units[0].File);
  EXPECT_EQ(Two.Errors[1].What.File, Units[1].File);
}

TEST_F(VerifyTest, KeepsTheNotesOfTheFirstError) {
  VerifyResult Of =
      verify({changed("a.cpp", "template <class T> int get(T t) {\n"
                               "  return t.none;\n"
                               "}\n"
                               "int use = get(1);\n"
                               "int other = get(2.0);\n")});
  ASSERT_EQ(Of.Errors.size(), 1u);
  EXPECT_EQ(Of.Errors[0].What.Line, 2u);
  ASSERT_EQ(Of.Errors[0].Notes.size(), 1u);
  EXPECT_EQ(Of.Errors[0].Notes[0].Line, 4u);
}

TEST_F(VerifyTest, LeavesOutWhatWasWrongBefore) {
  // Only the body of a library's template, which an analysis skips, is wrong.
  write("shared.h", "#pragma GCC system_header\n"
                    "template <class T> int wrong(T t) { return t.none; }\n");
  constexpr const char *Uses = "#include \"shared.h\"\nint a = wrong(1);\n";
  write("a.cpp", Uses);
  EXPECT_TRUE(verify({changed("a.cpp", std::string(Uses) + "int b;\n")})
                  .Errors.empty());
  ASSERT_EQ(Checks->facts().size(), 1u);
  EXPECT_FALSE(Checks->facts()[0].failed());
  VerifyResult Of =
      verify({changed("a.cpp", std::string(Uses) + "int b = wrong(\"\");\n")});
  ASSERT_EQ(Of.Errors.size(), 1u);
  EXPECT_NE(Of.Errors[0].What.Message.find("char"), std::string::npos);
  // In a file that changes, what is wrong is ours.
  EXPECT_EQ(verify({changed("shared.h", "#pragma GCC system_header\n"
                                        "template <class T> int wrong(T t) { "
                                        "return t.none; }\n")})
                .Errors.size(),
            1u);
}
} // namespace
