// CheckedRegistry: what a checked build knows about requests besides the
// requests themselves: who made them where, which memory is whose, and where
// their handles lie.
//
// A table on the side, so that checked and unchecked code agree on how
// everything else looks.
//
// Ownership: none. Lifetime: an entry goes with what it describes. One mutex
// for all: checked builds are for tests. Errors: std::bad_alloc, which ends the
// program where nothing may be thrown.

#ifndef ISOLATION_DETAIL_CHECKED_REGISTRY_H
#define ISOLATION_DETAIL_CHECKED_REGISTRY_H

#include <isolation/detail/object_store.h>
#include <isolation/detail/place.h>
#include <isolation/detail/request_id.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace isolation::detail {

/// Stable within a process, of no use outside of it.
inline std::uint64_t hashed(std::string_view id) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325u ^ process_seed();
  for (const char c : id)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return scramble(hash) | 1; // 0 means nobody
}

enum class StoreKind : unsigned char { Request, Wide };

class CheckedRegistry {
public:
  struct Store {
    StoreKind kind;
    std::uint64_t user;
    std::uint64_t request;
    Place place;
    std::chrono::steady_clock::time_point begun;
  };
  struct Object {
    std::uintptr_t end;
    const ObjectStore *store;
    std::string_view type;
    Place place;
    std::uintptr_t pointee = 0; // where what it points to begins, 0 if to none
  };
  struct Handle {
    const ObjectStore *scope = nullptr;
    std::uint64_t user = 0;
    Place place{};
    std::thread::id thread{};
  };
  struct Found {
    Object object;
    Store store;
  };

  static CheckedRegistry &instance() {
    ISOLATION_PROCESS_WIDE static CheckedRegistry *const registry =
        new CheckedRegistry; // never destroyed: handles may outlive main
    return *registry;
  }

  void add(const ObjectStore &store, const Store &description) {
    const std::lock_guard<std::mutex> lock(mutex_);
    stores_.insert_or_assign(&store, description);
  }
  void remove(const ObjectStore &store) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    stores_.erase(&store);
    for (auto it = objects_.begin(); it != objects_.end();) {
      const auto object = it++;
      if (object->second.store == &store)
        erase(object);
    }
  }

  void add_object(const void *storage, std::size_t size,
                  const ObjectStore &store, std::string_view type,
                  Place place) {
    const std::lock_guard<std::mutex> lock(mutex_);
    objects_.insert_or_assign(
        address(storage),
        Object{address(storage) + (size ? size : 1), &store, type, place});
  }
  void remove_object(const void *storage) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto found = objects_.find(address(storage));
        found != objects_.end())
      erase(found);
  }

  /// The object in `storage` is a smart pointer to `pointee`, which is as much
  /// its user's, but may be in several such slots, and may be gone when it is.
  void add_pointee(const void *storage, const void *pointee, std::size_t size) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = objects_.find(address(storage));
    if (found == objects_.end())
      return;
    found->second.pointee = address(pointee);
    pointees_.emplace(address(pointee),
                      Pointee{address(pointee) + size, address(storage)});
  }
  void remove_pointee(const void *storage) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto found = objects_.find(address(storage));
        found != objects_.end())
      forget_pointee(found);
  }

  /// The object that `memory` is part of, itself or by a smart pointer.
  [[nodiscard]] std::optional<Found> object_at(const void *memory) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto object = around(memory);
    if (object == objects_.end())
      object = pointing_to(memory);
    if (object == objects_.end())
      return std::nullopt;
    const auto store = stores_.find(object->second.store);
    if (store == stores_.end())
      return std::nullopt;
    return Found{object->second, store->second};
  }

  void add_handle(const void *handle, const ObjectStore &scope,
                  std::uint64_t user, Place place) {
    const std::lock_guard<std::mutex> lock(mutex_);
    handles_.insert_or_assign(
        handle, Handle{&scope, user, place, std::this_thread::get_id()});
  }
  [[nodiscard]] Handle handle_at(const void *handle) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = handles_.find(handle);
    return found == handles_.end() ? Handle() : found->second;
  }
  void remove_handle(const void *handle) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    handles_.erase(handle);
  }

  struct Held {
    Store store;
    std::vector<Handle> handles;
  };
  /// Requests that have not ended, with those of their handles that keep them.
  [[nodiscard]] std::vector<Held>
  begun_before(std::chrono::steady_clock::time_point limit) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<Held> all;
    for (const auto &[store, description] : stores_) {
      if (description.kind != StoreKind::Request || description.begun > limit)
        continue;
      Held held{description, {}};
      for (const auto &[place, handle] : handles_)
        if (handle.scope == store && !in_object_of(*store, place))
          held.handles.push_back(handle);
      all.push_back(std::move(held));
    }
    return all;
  }

private:
  static std::uintptr_t address(const void *memory) noexcept {
    return reinterpret_cast<std::uintptr_t>(memory);
  }

  using Objects = std::map<std::uintptr_t, Object>;
  struct Pointee {
    std::uintptr_t end;
    std::uintptr_t storage; // of the smart pointer
  };

  [[nodiscard]] Objects::const_iterator around(const void *memory) const {
    const auto after = objects_.upper_bound(address(memory));
    if (after == objects_.begin())
      return objects_.end();
    const auto object = std::prev(after);
    return address(memory) < object->second.end ? object : objects_.end();
  }
  [[nodiscard]] Objects::const_iterator pointing_to(const void *memory) const {
    const auto after = pointees_.upper_bound(address(memory));
    if (after == pointees_.begin())
      return objects_.end();
    const Pointee &pointee = std::prev(after)->second;
    return address(memory) < pointee.end ? objects_.find(pointee.storage)
                                         : objects_.end();
  }
  [[nodiscard]] bool in_object_of(const ObjectStore &store,
                                  const void *memory) const {
    const auto object = around(memory);
    return object != objects_.end() && object->second.store == &store;
  }

  void forget_pointee(Objects::iterator object) noexcept {
    const auto [first, last] = pointees_.equal_range(object->second.pointee);
    for (auto it = first; it != last; ++it)
      if (it->second.storage == object->first) {
        pointees_.erase(it);
        break;
      }
    object->second.pointee = 0;
  }
  void erase(Objects::iterator object) noexcept {
    forget_pointee(object);
    objects_.erase(object);
  }

  mutable std::mutex mutex_;
  std::unordered_map<const ObjectStore *, Store> stores_;
  Objects objects_;                                 // by where they begin
  std::multimap<std::uintptr_t, Pointee> pointees_; // the same
  std::unordered_map<const void *, Handle> handles_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CHECKED_REGISTRY_H
