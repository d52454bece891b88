// Place: where in the source something was made, for reports.
//
// As a default argument it is the caller's place. Only checked builds pass one
// (ISOLATION_PLACE_PARAMETER, and ISOLATION_PLACE_ARGUMENT where a function is
// defined later): elsewhere it costs neither code nor text.

#ifndef ISOLATION_DETAIL_PLACE_H
#define ISOLATION_DETAIL_PLACE_H

#include <isolation/detail/config.h>

namespace isolation::detail {

struct Place {
#if defined(__GNUC__)
  static constexpr Place here(const char *file = __builtin_FILE(),
                              int line = __builtin_LINE()) noexcept {
    return {file, line};
  }
#else
  static constexpr Place here() noexcept { return {}; }
#endif

  const char *file = "";
  int line = 0;
};

} // namespace isolation::detail

#if ISOLATION_CHECKED
#define ISOLATION_PLACE_PARAMETER                                              \
  , ::isolation::detail::Place place = ::isolation::detail::Place::here()
#define ISOLATION_PLACE_ARGUMENT , ::isolation::detail::Place place
#define ISOLATION_PLACE , place
#define ISOLATION_ONLY_PLACE place
#else
#define ISOLATION_PLACE_PARAMETER
#define ISOLATION_PLACE_ARGUMENT
#define ISOLATION_PLACE
#define ISOLATION_ONLY_PLACE
#endif

#endif // ISOLATION_DETAIL_PLACE_H
