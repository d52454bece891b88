// Metadata: what a request carries besides its ids, under typed keys.
//
// Example:
//
//   #include <isolation/request_details.h>
//   #include <string>
//
//   inline constexpr isolation::MetadataKey<int> tenant{"tenant"};
//   inline constexpr isolation::MetadataKey<std::string> token{
//       "token", isolation::Secrecy::Secret}; // never printed
//
//   isolation::UserExecutionContext begin(std::string bearer) {
//     isolation::RequestDetails details;
//     details.metadata.set(tenant, 7).set(token, std::move(bearer));
//     return isolation::UserExecutionContext::create(
//         isolation::Identity{"user-1", "thread-1", "run-1"}, details);
//   }
//   int tenant_of(const isolation::UserExecutionContext &context) {
//     const int *found = context.metadata(tenant);
//     return found ? *found : 0;
//   }
//
// Shape: a list; copies share it, set() puts a new entry before the others (and
// so hides an earlier one of the same key). A key is its address, like a slot:
// declare it `inline constexpr` in a header. Its name is for logs.
// Ownership and lifetime: owns the values; what a context was begun with is
// immutable and lives as long as the request. Thread-safety: reading from any
// thread. Errors: std::bad_alloc.

#ifndef ISOLATION_METADATA_H
#define ISOLATION_METADATA_H

#include <isolation/detail/config.h>

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace isolation {

enum class Secrecy : unsigned char { Public, Secret };

namespace detail {
struct MetadataKeyBase {
  constexpr MetadataKeyBase(std::string_view text, Secrecy kept) noexcept
      : name(text), secrecy(kept) {}
  MetadataKeyBase(const MetadataKeyBase &) = delete;
  MetadataKeyBase &operator=(const MetadataKeyBase &) = delete;

  const std::string_view name;
  const Secrecy secrecy;
};
} // namespace detail

template <class T> class MetadataKey : public detail::MetadataKeyBase {
  static_assert(std::is_object_v<T> && !std::is_const_v<T>,
                "isolation: MetadataKey<T> names values; T must be an object "
                "type without const");

public:
  /// `text`, the name, must have static storage duration.
  explicit constexpr MetadataKey(std::string_view text,
                                 Secrecy kept = Secrecy::Public) noexcept
      : MetadataKeyBase(text, kept) {}
};

class Metadata {
public:
  template <class T, class Value,
            class = std::enable_if_t<std::is_convertible_v<Value, T>>>
  Metadata &set(const MetadataKey<T> &key, Value &&value) {
    newest_ = std::make_shared<const EntryOf<T>>(key, std::move(newest_),
                                                 std::forward<Value>(value));
    return *this;
  }

  /// Null when there is none.
  template <class T>
  [[nodiscard]] const T *get(const MetadataKey<T> &key) const noexcept {
    for (const Entry *entry = newest_.get(); entry; entry = entry->older.get())
      if (&entry->key == &key)
        return &static_cast<const EntryOf<T> *>(entry)->value;
    return nullptr;
  }

  /// Calls `visit(name, text)` for what may be printed, newest first. Values
  /// that are neither text nor numbers show as "...".
  template <class Visit> void for_each_public(Visit visit) const {
    for (const Entry *entry = newest_.get(); entry; entry = entry->older.get())
      if (entry->key.secrecy == Secrecy::Public && !hidden(*entry))
        visit(entry->key.name, entry->text());
  }

private:
  struct Entry {
    Entry(const detail::MetadataKeyBase &k, std::shared_ptr<const Entry> o)
        : key(k), older(std::move(o)) {}
    Entry(const Entry &) = delete;
    Entry &operator=(const Entry &) = delete;
    virtual ~Entry() = default;
    [[nodiscard]] virtual std::string text() const = 0;

    const detail::MetadataKeyBase &key;
    const std::shared_ptr<const Entry> older;
  };

  template <class T> struct EntryOf final : Entry {
    template <class Value>
    EntryOf(const detail::MetadataKeyBase &k, std::shared_ptr<const Entry> o,
            Value &&v)
        : Entry(k, std::move(o)), value(std::forward<Value>(v)) {}

    [[nodiscard]] std::string text() const override {
      if constexpr (std::is_convertible_v<const T &, std::string_view>)
        return std::string(std::string_view(value));
      else if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
      else if constexpr (std::is_arithmetic_v<T>)
        return std::to_string(value);
      else
        return "...";
    }

    const T value;
  };

  [[nodiscard]] bool hidden(const Entry &entry) const noexcept {
    const Entry *newer = newest_.get();
    while (&newer->key != &entry.key)
      newer = newer->older.get();
    return newer != &entry;
  }

  std::shared_ptr<const Entry> newest_;
};

} // namespace isolation

#endif // ISOLATION_METADATA_H
