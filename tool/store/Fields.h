//===- Fields.h - The members of a plain struct, as a tuple -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler itself lists the members, so that no list kept by hand can
// forget one:
//
//     struct Place { std::string File; unsigned Line = 0; };
//     std::apply([](auto &...Member) { … }, fieldsOf(ThePlace));
//
// It finds out with how many values the struct can be initialised, and binds
// that many names to it. An idea of Boost.PFR; this is the part of it that
// facts need: aggregates without bases and arrays, of up to 32 members.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_FIELDS_H
#define UNSINGLETON_TOOL_STORE_FIELDS_H

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace unsingleton {

namespace fields {
/// Becomes a value of whatever type a member has.
struct Anything {
  template <class T> operator T() const;
};
template <size_t> using AnythingAt = Anything;

template <class T, size_t... I>
constexpr bool initialises(std::index_sequence<I...>) {
  return requires { T{AnythingAt<I>{}...}; };
}

inline constexpr size_t Most = 32;

template <class T, size_t Count = Most + 1> constexpr size_t count() {
  if constexpr (initialises<T>(std::make_index_sequence<Count>()))
    return Count;
  else if constexpr (Count == 0)
    return 0;
  else
    return count<T, Count - 1>();
}
} // namespace fields

// clang-format off
#define UNSINGLETON_NAMES_1 A1
#define UNSINGLETON_NAMES_2 UNSINGLETON_NAMES_1, A2
#define UNSINGLETON_NAMES_3 UNSINGLETON_NAMES_2, A3
#define UNSINGLETON_NAMES_4 UNSINGLETON_NAMES_3, A4
#define UNSINGLETON_NAMES_5 UNSINGLETON_NAMES_4, A5
#define UNSINGLETON_NAMES_6 UNSINGLETON_NAMES_5, A6
#define UNSINGLETON_NAMES_7 UNSINGLETON_NAMES_6, A7
#define UNSINGLETON_NAMES_8 UNSINGLETON_NAMES_7, A8
#define UNSINGLETON_NAMES_9 UNSINGLETON_NAMES_8, A9
#define UNSINGLETON_NAMES_10 UNSINGLETON_NAMES_9, A10
#define UNSINGLETON_NAMES_11 UNSINGLETON_NAMES_10, A11
#define UNSINGLETON_NAMES_12 UNSINGLETON_NAMES_11, A12
#define UNSINGLETON_NAMES_13 UNSINGLETON_NAMES_12, A13
#define UNSINGLETON_NAMES_14 UNSINGLETON_NAMES_13, A14
#define UNSINGLETON_NAMES_15 UNSINGLETON_NAMES_14, A15
#define UNSINGLETON_NAMES_16 UNSINGLETON_NAMES_15, A16
#define UNSINGLETON_NAMES_17 UNSINGLETON_NAMES_16, A17
#define UNSINGLETON_NAMES_18 UNSINGLETON_NAMES_17, A18
#define UNSINGLETON_NAMES_19 UNSINGLETON_NAMES_18, A19
#define UNSINGLETON_NAMES_20 UNSINGLETON_NAMES_19, A20
#define UNSINGLETON_NAMES_21 UNSINGLETON_NAMES_20, A21
#define UNSINGLETON_NAMES_22 UNSINGLETON_NAMES_21, A22
#define UNSINGLETON_NAMES_23 UNSINGLETON_NAMES_22, A23
#define UNSINGLETON_NAMES_24 UNSINGLETON_NAMES_23, A24
#define UNSINGLETON_NAMES_25 UNSINGLETON_NAMES_24, A25
#define UNSINGLETON_NAMES_26 UNSINGLETON_NAMES_25, A26
#define UNSINGLETON_NAMES_27 UNSINGLETON_NAMES_26, A27
#define UNSINGLETON_NAMES_28 UNSINGLETON_NAMES_27, A28
#define UNSINGLETON_NAMES_29 UNSINGLETON_NAMES_28, A29
#define UNSINGLETON_NAMES_30 UNSINGLETON_NAMES_29, A30
#define UNSINGLETON_NAMES_31 UNSINGLETON_NAMES_30, A31
#define UNSINGLETON_NAMES_32 UNSINGLETON_NAMES_31, A32
#define UNSINGLETON_CASE(N)                                                    \
  if constexpr (Count == N) {                                                  \
    auto &[UNSINGLETON_NAMES_##N] = Value;                                     \
    return std::tie(UNSINGLETON_NAMES_##N);                                    \
  } else

/// References to the members of \p Value, in the order of their declaration.
template <class T> constexpr auto fieldsOf(T &Value) {
  static_assert(std::is_aggregate_v<T>);
  constexpr size_t Count = fields::count<std::remove_const_t<T>>();
  static_assert(Count > 0 && Count <= fields::Most,
                "add names here for a struct of more members");
  UNSINGLETON_CASE(1)
  UNSINGLETON_CASE(2)
  UNSINGLETON_CASE(3)
  UNSINGLETON_CASE(4)
  UNSINGLETON_CASE(5)
  UNSINGLETON_CASE(6)
  UNSINGLETON_CASE(7)
  UNSINGLETON_CASE(8)
  UNSINGLETON_CASE(9)
  UNSINGLETON_CASE(10)
  UNSINGLETON_CASE(11)
  UNSINGLETON_CASE(12)
  UNSINGLETON_CASE(13)
  UNSINGLETON_CASE(14)
  UNSINGLETON_CASE(15)
  UNSINGLETON_CASE(16)
  UNSINGLETON_CASE(17)
  UNSINGLETON_CASE(18)
  UNSINGLETON_CASE(19)
  UNSINGLETON_CASE(20)
  UNSINGLETON_CASE(21)
  UNSINGLETON_CASE(22)
  UNSINGLETON_CASE(23)
  UNSINGLETON_CASE(24)
  UNSINGLETON_CASE(25)
  UNSINGLETON_CASE(26)
  UNSINGLETON_CASE(27)
  UNSINGLETON_CASE(28)
  UNSINGLETON_CASE(29)
  UNSINGLETON_CASE(30)
  UNSINGLETON_CASE(31)
  UNSINGLETON_CASE(32)
  { static_assert(Count == 0); }
}

#undef UNSINGLETON_CASE
#undef UNSINGLETON_NAMES_1
#undef UNSINGLETON_NAMES_2
#undef UNSINGLETON_NAMES_3
#undef UNSINGLETON_NAMES_4
#undef UNSINGLETON_NAMES_5
#undef UNSINGLETON_NAMES_6
#undef UNSINGLETON_NAMES_7
#undef UNSINGLETON_NAMES_8
#undef UNSINGLETON_NAMES_9
#undef UNSINGLETON_NAMES_10
#undef UNSINGLETON_NAMES_11
#undef UNSINGLETON_NAMES_12
#undef UNSINGLETON_NAMES_13
#undef UNSINGLETON_NAMES_14
#undef UNSINGLETON_NAMES_15
#undef UNSINGLETON_NAMES_16
#undef UNSINGLETON_NAMES_17
#undef UNSINGLETON_NAMES_18
#undef UNSINGLETON_NAMES_19
#undef UNSINGLETON_NAMES_20
#undef UNSINGLETON_NAMES_21
#undef UNSINGLETON_NAMES_22
#undef UNSINGLETON_NAMES_23
#undef UNSINGLETON_NAMES_24
#undef UNSINGLETON_NAMES_25
#undef UNSINGLETON_NAMES_26
#undef UNSINGLETON_NAMES_27
#undef UNSINGLETON_NAMES_28
#undef UNSINGLETON_NAMES_29
#undef UNSINGLETON_NAMES_30
#undef UNSINGLETON_NAMES_31
#undef UNSINGLETON_NAMES_32
// clang-format on

} // namespace unsingleton

#endif
