// CreationObserver: what an ObjectStore tells whoever observes it.
//
// Called without the store's lock, except for started(), which runs no code of
// the user's. Owned by the store, not by its objects: a thread that is in the
// middle of a creation may call it while another ends the request. Implemented
// by Observation, see <isolation/request_observer.h>.

#ifndef ISOLATION_DETAIL_CREATION_OBSERVER_H
#define ISOLATION_DETAIL_CREATION_OBSERVER_H

namespace isolation::detail {

class Creation;
struct StoredType;

class CreationObserver {
public:
  CreationObserver() = default;
  CreationObserver(const CreationObserver &) = delete;
  CreationObserver &operator=(const CreationObserver &) = delete;
  virtual ~CreationObserver() = default;

  virtual void started(const Creation &creation) noexcept = 0;
  virtual void created(const Creation &creation,
                       const StoredType &type) noexcept = 0;
  virtual void failed(const Creation &creation,
                      const StoredType &type) noexcept = 0;
  /// By set().
  virtual void put(const StoredType &type) noexcept = 0;
  virtual void destroyed(const StoredType &type) noexcept = 0;
  virtual void ended() noexcept = 0;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CREATION_OBSERVER_H
