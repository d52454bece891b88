// The standalone Asio. Clang's coroutines are only known to later releases.
#if defined(__clang__)
#define ASIO_HAS_CO_AWAIT 1
#define ASIO_HAS_STD_COROUTINE 1
#endif
#include <asio.hpp>
#include <isolation/asio.h>

namespace net = asio;
using Error = asio::error_code;
#define ASIO_SUITE Asio
#define WITH_CONTEXT isolation::with_asio_context

#include "asio_cases.h"
