//===- Codec.h - Plain values to bytes and back -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over a value (`code`) serves writing, reading and describing what
// is written: it visits strings, numbers, vectors, tuples and structs of these
// (Fields.h), so that whatever is added to a struct is stored too.
//
// Numbers are LEB128; of 32 bits they are stored plus one, which makes "none"
// (~0) a single byte. 64 bits are digests: 8 bytes. The same value always gives
// the same bytes.
//
// Reader takes any bytes: what does not fit makes it fail, never read outside.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_CODEC_H
#define UNSINGLETON_TOOL_STORE_CODEC_H

#include "tool/store/Fields.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/TypeName.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <string>
#include <vector>

namespace unsingleton {

class Writer {
public:
  void size(uint64_t Value) { encodeULEB128(Value, OS); }
  void number(uint32_t Value) { encodeULEB128(uint32_t(Value + 1), OS); }
  void digest(uint64_t Value) {
    char Bytes[8];
    llvm::support::endian::write64le(Bytes, Value);
    OS.write(Bytes, sizeof(Bytes));
  }
  void byte(uint8_t Value) { OS << static_cast<char>(Value); }
  void raw(llvm::StringRef Value) { OS << Value; }
  void text(llvm::StringRef Value) {
    size(Value.size());
    raw(Value);
  }
  template <class T> void elements(const std::vector<T> &Values) {
    size(Values.size());
    for (const T &Value : Values)
      code(*this, Value);
  }

  std::string Bytes;

private:
  llvm::raw_string_ostream OS{Bytes};
};

class Reader {
public:
  explicit Reader(llvm::StringRef Bytes)
      : At(Bytes.bytes_begin()), End(Bytes.bytes_end()) {}

  bool failed() const { return Failed; }
  /// Nothing is left over, and nothing was missing.
  bool complete() const { return !Failed && At == End; }
  llvm::StringRef rest() const {
    return {reinterpret_cast<const char *>(At), static_cast<size_t>(End - At)};
  }

  uint64_t size() {
    const char *Problem = nullptr;
    unsigned Length = 0;
    uint64_t Value = llvm::decodeULEB128(At, &Length, End, &Problem);
    if (Problem)
      return fail();
    At += Length;
    return Value;
  }
  void number(uint32_t &Value) { Value = static_cast<uint32_t>(size()) - 1; }
  void digest(uint64_t &Value) {
    if (End - At < 8) {
      fail();
      return;
    }
    Value = llvm::support::endian::read64le(At);
    At += 8;
  }
  void byte(uint8_t &Value) {
    if (At == End)
      fail();
    else
      Value = *At++;
  }
  void text(std::string &Value) {
    uint64_t Length = count();
    Value.assign(reinterpret_cast<const char *>(At), Length);
    At += Length;
  }
  template <class T> void elements(std::vector<T> &Values) {
    // A count is believed no further than the elements are there: one of many
    // bytes in memory may take a single one here.
    constexpr uint64_t Step = 4096;
    uint64_t Count = count();
    Values.clear();
    Values.reserve(std::min(Count, Step));
    for (uint64_t I = 0; I < Count && !Failed; ++I)
      code(*this, Values.emplace_back());
  }

private:
  /// A length that the rest has room for: each element takes a byte or more.
  uint64_t count() {
    uint64_t Value = size();
    return Value <= static_cast<uint64_t>(End - At) ? Value : fail();
  }
  uint64_t fail() {
    Failed = true;
    At = End;
    return 0;
  }

  const uint8_t *At, *End;
  bool Failed = false;
};

template <class T> inline constexpr bool IsVector = false;
template <class T> inline constexpr bool IsVector<std::vector<T>> = true;
template <class T> inline constexpr bool IsTuple = false;
template <class... T> inline constexpr bool IsTuple<std::tuple<T...>> = true;

template <class Codec, class T> void codeMembers(Codec &C, T &Value) {
  auto Each = [&](auto &...Member) { (code(C, Member), ...); };
  if constexpr (IsTuple<std::remove_const_t<T>>)
    std::apply(Each, Value);
  else
    std::apply(Each, fieldsOf(Value));
}

/// \p C: a Reader, which fills \p Value, or a Writer.
template <class Codec, class T> void code(Codec &C, T &Value) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, std::string>) {
    C.text(Value);
  } else if constexpr (std::is_same_v<Plain, bool> || std::is_enum_v<Plain>) {
    static_assert(sizeof(T) == 1);
    uint8_t Byte = static_cast<uint8_t>(Value);
    C.byte(Byte);
    if constexpr (!std::is_const_v<T>)
      Value = std::is_same_v<Plain, bool> ? static_cast<Plain>(Byte != 0)
                                          : static_cast<Plain>(Byte);
  } else if constexpr (std::is_same_v<Plain, uint32_t>) {
    C.number(Value);
  } else if constexpr (std::is_same_v<Plain, uint64_t>) {
    C.digest(Value);
  } else if constexpr (IsVector<Plain>) {
    C.elements(Value);
  } else {
    codeMembers(C, Value);
  }
}

/// What `code` visits of a T, in words: changes with any type in it.
template <class T> void describe(std::string &Out) {
  Out += llvm::getTypeName<T>();
  if constexpr (IsVector<T>) {
    Out += '[';
    describe<typename T::value_type>(Out);
    Out += ']';
  } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
    Out += '{';
    T Value{};
    auto Each = [&](auto &...Member) {
      (describe<std::remove_reference_t<decltype(Member)>>(Out), ...);
    };
    if constexpr (IsTuple<T>)
      std::apply(Each, Value);
    else
      std::apply(Each, fieldsOf(Value));
    Out += '}';
  }
  Out += ';';
}

} // namespace unsingleton

#endif
