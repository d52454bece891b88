// Boost.Asio. Clang's coroutines are only known to later releases, and
// <utility> comes first because Boost 1.74 forgets it.
#if defined(__clang__)
#define BOOST_ASIO_HAS_CO_AWAIT 1
#define BOOST_ASIO_HAS_STD_COROUTINE 1
#endif
#include <utility>

#include <boost/asio.hpp>
#include <isolation/boost_asio.h>

namespace net = boost::asio;
using Error = boost::system::error_code;
#define ASIO_SUITE BoostAsio
#define WITH_CONTEXT isolation::with_boost_asio_context

#include "asio_cases.h"
