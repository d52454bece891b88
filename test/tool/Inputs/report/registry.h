#pragma once
#include <isolation/user_execution_context.h>
#include <map>
#include <string>

namespace shop {

/// Remembers who asked last, for everybody.
class SessionRegistry {
public:
  void remember(const std::string &user_id) { last_user_ = user_id; }
  const std::string &last() const { return last_user_; }

private:
  std::string last_user_;
};
SessionRegistry &get_session_registry();

/// Prices as the current user sees them.
class PriceCache {
public:
  void store(const std::string &item, int price) { prices_[item] = price; }
  int find(const std::string &item) { return prices_[item]; }

private:
  std::map<std::string, int> prices_;
};
PriceCache &get_price_cache();

template <class T> class Holder {
public:
  void put(T value) { value_ = value; }

private:
  T value_ = T();
};
struct script {};
Holder<script> &get_script_holder();

extern int request_count;

void serve(const isolation::UserExecutionContext &user_context,
           const std::string &user_id);

} // namespace shop
