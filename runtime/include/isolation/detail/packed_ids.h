// PackedIds: a request's ids, one behind the other in the request's block.
//
// Shape: where each id ends; the bytes follow somewhere else in the same block,
// which is why offsets suffice and ids cost no allocation.
// Lifetime: the block's. Thread-safety: immutable once written.

#ifndef ISOLATION_DETAIL_PACKED_IDS_H
#define ISOLATION_DETAIL_PACKED_IDS_H

#include <isolation/detail/id_field.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace isolation::detail {

class PackedIds {
public:
  static std::size_t bytes_for(const IdViews &ids) noexcept {
    std::size_t sum = 0;
    for (std::string_view id : ids.text)
      sum += id.size();
    return sum;
  }

  /// `bytes` must have room for bytes_for(ids).
  PackedIds(const IdViews &ids, char *bytes) noexcept : bytes_(bytes) {
    std::size_t at = 0;
    for (std::size_t i = 0; i != id_field_count; ++i) {
      copy(bytes + at, ids.text[i]);
      at += ids.text[i].size();
      ends_[i] = static_cast<std::uint16_t>(at);
    }
  }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return ends_[id_field_count - 1];
  }

  [[nodiscard]] std::string_view get(IdField field) const noexcept {
    const auto i = static_cast<std::size_t>(field);
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_ + begin, ends_[i] - begin};
  }

  [[nodiscard]] IdViews views() const noexcept {
    IdViews all;
    for (std::size_t i = 0; i != id_field_count; ++i)
      all.text[i] = get(static_cast<IdField>(i));
    return all;
  }

  friend bool operator==(const PackedIds &a, const PackedIds &b) noexcept {
    return std::memcmp(a.ends_, b.ends_, sizeof a.ends_) == 0 &&
           std::memcmp(a.bytes_, b.bytes_, a.ends_[id_field_count - 1]) == 0;
  }

private:
  /// Ids are short: two overlapping moves cost less than a call of memcpy.
  static void copy(char *to, std::string_view id) noexcept {
    const char *const from = id.data();
    const std::size_t size = id.size();
    if (size > 64)
      std::memcpy(to, from, size);
    else if (size >= 32)
      copy_ends<32>(to, from, size);
    else if (size >= 16)
      copy_ends<16>(to, from, size);
    else if (size >= 8)
      copy_ends<8>(to, from, size);
    else if (size >= 4)
      copy_ends<4>(to, from, size);
    else
      for (std::size_t i = 0; i != size; ++i)
        to[i] = from[i];
  }
  template <std::size_t Size>
  static void copy_ends(char *to, const char *from, std::size_t size) noexcept {
    char first[Size], last[Size];
    std::memcpy(first, from, Size);
    std::memcpy(last, from + size - Size, Size);
    std::memcpy(to, first, Size);
    std::memcpy(to + size - Size, last, Size);
  }

  const char *bytes_;
  std::uint16_t ends_[id_field_count];
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_PACKED_IDS_H
