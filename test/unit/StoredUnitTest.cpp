//===- StoredUnitTest.cpp - Facts to bytes and back -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/StoredUnit.h"
#include "tool/store/Codec.h"
#include "tool/store/Shard.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
constexpr uint64_t Format = 42;
constexpr llvm::StringLiteral Key = "0123456789abcdef";

/// Gives every member of a value another value than it has by default. What
/// stays as it was would not be noticed if it were lost.
class Filler {
public:
  template <class T> void fill(T &Value) {
    if constexpr (std::is_same_v<T, std::string>)
      Value = "text " + std::to_string(++Count) + std::string(1, '\0') + "\xff";
    else if constexpr (std::is_same_v<T, bool>)
      Value = !Value;
    else if constexpr (std::is_enum_v<T>)
      Value = static_cast<T>(static_cast<unsigned>(Value) ? 0 : 1);
    else if constexpr (std::is_same_v<T, uint32_t>)
      Value = ++Count % 3; // an index of a table
    else if constexpr (std::is_same_v<T, uint64_t>)
      Value = ++Count << 40;
    else if constexpr (IsVector<T>) {
      Value.resize(3);
      for (auto &Element : Value)
        fill(Element);
    } else if constexpr (IsTuple<T>)
      std::apply([&](auto &...Member) { (fill(Member), ...); }, Value);
    else
      std::apply([&](auto &...Member) { (fill(Member), ...); },
                 fieldsOf(Value));
  }

private:
  uint64_t Count = 0;
};

/// One in which no member of any fact is what it is by default.
StoredUnit full() {
  StoredUnit Unit;
  Filler().fill(Unit);
  Unit.Trace = {}; // asks a file system; see FactStoreTest
  return Unit;
}

SourceTree emptyTree() {
  return SourceTree([] {
    return llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  });
}

Decoded decode(llvm::StringRef Bytes, StoredUnit &Out) {
  return decodeUnit(Bytes, Format, Key, emptyTree(), Out);
}

TEST(Fields, AreAllMembersInOrder) {
  struct Three {
    std::string A = "a";
    uint32_t B = 1;
    Span C{2, 3, 4, 5, 6};
  };
  const Three Value;
  auto [A, B, C] = fieldsOf(Value);
  EXPECT_EQ(A, "a");
  EXPECT_EQ(&B, &Value.B);
  EXPECT_EQ(C.Column, 6u);
  // Aggregates within aggregates count as one.
  EXPECT_EQ(fields::count<FlowFact>(), 6u);
  EXPECT_EQ(fields::count<FlowSource>(), 4u);
  EXPECT_EQ(fields::count<Span>(), 5u);
}

TEST(StoredUnit, EveryMemberOfEveryFactComesBack) {
  StoredUnit Before = full();
  StoredUnit After;
  ASSERT_EQ(decode(encodeUnit(Format, Key, Before), After), Decoded::Unit);
  // Each fact's own comparison, which knows nothing of the codec.
  EXPECT_TRUE(Before.Facts.Tables == After.Facts.Tables);
  EXPECT_EQ(Before.Facts.Files, After.Facts.Files);
  EXPECT_EQ(Before.Facts.Symbols, After.Facts.Symbols);
  EXPECT_EQ(Before.Facts.Reads, After.Facts.Reads);
  EXPECT_EQ(Before.Facts.Errors, After.Facts.Errors);
  EXPECT_EQ(Before.Facts.MainFile, After.Facts.MainFile);
  EXPECT_EQ(Before.Bodies.Read, After.Bodies.Read);
  EXPECT_EQ(Before.Bodies.SkippedClosed, After.Bodies.SkippedClosed);
  EXPECT_EQ(After.Facts.table<ConstructorSiteFact>().size(), 3u);
  EXPECT_EQ(encodeUnit(Format, Key, After), encodeUnit(Format, Key, Before));
}

TEST(StoredUnit, EdgesOfNumbersComeBack) {
  StoredUnit Before;
  FunctionFact F;
  F.Record = NoSymbol;
  Before.Facts.Symbols = {"f"};
  F.Function = 0;
  Before.Facts.table<FunctionFact>().push_back(F);
  FunctionSiteFact Site;
  Site.Function = 0;
  Site.Whole.Offset = 0xfffffffe;
  Site.Whole.Length = 0;
  Before.Facts.table<FunctionSiteFact>().push_back(Site);
  StoredUnit After;
  ASSERT_EQ(decode(encodeUnit(Format, Key, Before), After), Decoded::Unit);
  EXPECT_TRUE(Before.Facts.Tables == After.Facts.Tables);
}

TEST(StoredUnit, DamageIsNoticed) {
  std::string Good = encodeUnit(Format, Key, full());
  StoredUnit Out;
  for (size_t Length = 0; Length < Good.size(); Length += 1 + Length / 50)
    EXPECT_EQ(decode(llvm::StringRef(Good).take_front(Length), Out),
              Decoded::Damaged)
        << Length;
  for (size_t At = 0; At < Good.size(); At += 1 + At / 50) {
    std::string Bad = Good;
    Bad[At] = static_cast<char>(Bad[At] ^ 0x10);
    EXPECT_NE(decode(Bad, Out), Decoded::Unit) << At;
  }
  EXPECT_EQ(decode(Good + "x", Out), Decoded::Damaged);
  EXPECT_EQ(decodeUnit(Good, Format, "another key", emptyTree(), Out),
            Decoded::Damaged);
  EXPECT_EQ(decodeUnit(Good, Format + 1, Key, emptyTree(), Out),
            Decoded::Foreign);
}

/// A body whose digest is right, but which no writer of ours made.
TEST(StoredUnit, HostileBytesAreNotFollowed) {
  StoredUnit Out;
  for (unsigned Seed = 0; Seed < 2000; ++Seed) {
    Writer Body;
    unsigned State = Seed * 2654435761u + 1;
    for (unsigned I = 0; I < Seed % 200; ++I)
      Body.byte(
          static_cast<uint8_t>((State = State * 1103515245 + 12345) >> 16));
    Writer W;
    W.raw("unsingleton facts\n");
    W.digest(Format);
    W.text(Key);
    W.digest(llvm::xxh3_64bits(Body.Bytes));
    W.raw(Body.Bytes);
    EXPECT_NE(decode(W.Bytes, Out), Decoded::Unit);
  }
}

TEST(StoredUnit, ReferencesThatLeadNowhereAreDamage) {
  StoredUnit Out;
  StoredUnit Symbol = full();
  Symbol.Facts.table<WriteFact>()[1].Guard = 7;
  EXPECT_EQ(decode(encodeUnit(Format, Key, Symbol), Out), Decoded::Damaged);
  StoredUnit File = full();
  File.Facts.table<FlowFact>()[1].From.End.Where.File = 7;
  EXPECT_EQ(decode(encodeUnit(Format, Key, File), Out), Decoded::Damaged);
  StoredUnit Read = full();
  Read.Facts.Reads[0] = 7;
  EXPECT_EQ(decode(encodeUnit(Format, Key, Read), Out), Decoded::Damaged);
  StoredUnit Reserved = full();
  Reserved.Bodies.Read[2] = ~BodyKey(0);
  EXPECT_EQ(decode(encodeUnit(Format, Key, Reserved), Out), Decoded::Damaged);
}

TEST(StoredUnit, ADescriptionTellsTypesApart) {
  struct One {
    std::string A;
    bool B;
  };
  struct Other {
    std::string A;
    uint32_t B;
  };
  std::string First, Second;
  describe<std::vector<One>>(First);
  describe<std::vector<Other>>(Second);
  EXPECT_NE(First.substr(First.find('[')), Second.substr(Second.find('[')));
}

TEST(StoredUnit, KeysTellCommandsAndOptionsApart) {
  UnitCommand Command{{"clang++", "a.cpp"}, "/b", "/s/a.cpp", {}};
  ExtractOptions Options;
  std::string First = unitKey(Command, Options);
  EXPECT_EQ(First, unitKey(Command, Options));
  UnitCommand Warned = Command;
  Warned.Warnings.push_back("-Wall");
  EXPECT_EQ(First, unitKey(Warned, Options)) << "they change no fact";
  UnitCommand Flag = Command;
  Flag.Arguments.push_back("-DX");
  EXPECT_NE(First, unitKey(Flag, Options));
  UnitCommand Joined = Command;
  Joined.Arguments = {"clang++a.cpp"};
  EXPECT_NE(First, unitKey(Joined, Options));
  Options.Holders.push_back("ns::Holder");
  EXPECT_NE(First, unitKey(Command, Options));
}

TEST(Shard, ComesBackAndMoves) {
  Shard Part{"/there/repo", 1, 2, 77, {}, {full().Facts}};
  Part.Options.Root = "/there/repo";
  UnitFacts &Unit = Part.Units[0];
  Unit.MainFile = "/there/repo/src/a.cpp";
  Unit.Files[0].Path = "/there/repo/src/a.cpp";
  Unit.Files[1].Path = "/there/repository/b.h";
  Unit.Symbols[0] = "c:@F@f@/there/repo/a.cpp@local@n@/there/repo/a.cpp:3";
  llvm::Expected<Shard> Back = decodeShard(Format, encodeShard(Format, Part));
  ASSERT_TRUE(bool(Back));
  EXPECT_TRUE(Back->Units[0].Tables == Unit.Tables);
  moveTo("/here", *Back);
  EXPECT_EQ(Back->Units[0].MainFile, "/here/src/a.cpp");
  EXPECT_EQ(Back->Units[0].Files[0].Path, "/here/src/a.cpp");
  EXPECT_EQ(Back->Units[0].Files[1].Path, "/there/repository/b.h");
  EXPECT_EQ(Back->Units[0].Symbols[0],
            "c:@F@f@/here/a.cpp@local@n@/here/a.cpp:3");
  EXPECT_EQ(Back->Options.Root, "/here");
}

TEST(Shard, DamageIsAnError) {
  std::string Good = encodeShard(Format, {"/r", 1, 1, 0, {}, {full().Facts}});
  auto Problem = [](uint64_t Format, llvm::StringRef Bytes) {
    llvm::Expected<Shard> Part = decodeShard(Format, Bytes);
    return Part ? "" : llvm::toString(Part.takeError());
  };
  EXPECT_EQ(Problem(Format, Good), "");
  EXPECT_EQ(Problem(Format, "something else"),
            "it is no part that 'unsingleton extract' has written");
  EXPECT_EQ(Problem(Format + 1, Good),
            "another version of unsingleton has written it; extract with the "
            "same one");
  for (size_t Length = 18; Length < Good.size(); Length += 1 + Length / 20)
    EXPECT_NE(Problem(Format, llvm::StringRef(Good).take_front(Length)), "");
}
} // namespace
