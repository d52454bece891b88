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

/// Of ids that lie one behind the other: where each one ends.
struct IdEnds {
  std::size_t at[id_field_count];

  [[nodiscard]] std::size_t all() const noexcept {
    return at[id_field_count - 1];
  }
};

class PackedIds {
public:
  static std::size_t bytes_for(const IdViews &ids) noexcept {
    std::size_t sum = 0;
    for (std::string_view id : ids.text)
      sum += id.size();
    return sum;
  }

  /// `bytes` must have room for bytes_for(ids).
  static IdEnds copy(const IdViews &ids, char *bytes) noexcept {
    IdEnds ends;
    std::size_t at = 0;
    for (std::size_t i = 0; i != id_field_count; ++i) {
      if (!ids.text[i].empty())
        std::memcpy(bytes + at, ids.text[i].data(), ids.text[i].size());
      at += ids.text[i].size();
      ends.at[i] = at;
    }
    return ends;
  }

  /// Of ids that are at `bytes` already.
  PackedIds(const char *bytes, const IdEnds &ends) noexcept : bytes_(bytes) {
    for (std::size_t i = 0; i != id_field_count; ++i)
      ends_[i] = static_cast<std::uint16_t>(ends.at[i]);
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
  const char *bytes_;
  std::uint16_t ends_[id_field_count];
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_PACKED_IDS_H
