# Two units of one program, built differently: as to checks, or as to exceptions.
#
# When they pass a context to each other they link if they agree, and do not if
# they disagree. When they do not, they link in any case, and each does what it
# was built to do, whichever comes first.

file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})
file(WRITE ${WORK_DIR}/callee.cpp [[
#include <isolation/isolation.h>
int callee(const isolation::UserExecutionContext &context) {
  static constexpr isolation::PerRequest<int> slot;
  return slot.get_or_create(context, [] { return 0; });
}
]])
file(WRITE ${WORK_DIR}/caller.cpp [[
#include <isolation/isolation.h>
int callee(const isolation::UserExecutionContext &context);
int main() {
  return callee(isolation::UserExecutionContext::create(
      isolation::Identity{"u", "t", "r"}));
}
]])
file(WRITE ${WORK_DIR}/alone.cpp [[
#include <isolation/isolation.h>
struct Text { int value; };
int alone(int value) {
  static constexpr isolation::PerRequest<Text> slot;
  isolation::Domain domain;
  const auto context = domain.begin(isolation::Identity{"u", "t", "r"});
  const int made =
      slot.get_or_create(context, [&] { return Text{value}; }).value;
  return slot.share(context)->value - made;
}
]])
file(WRITE ${WORK_DIR}/throws.cpp [[
#include <isolation/isolation.h>
#include <stdexcept>
int alone(int value);
struct Text { int value; };
int main() {
  static constexpr isolation::PerRequest<Text> slot;
  isolation::Domain domain;
  const auto context = domain.begin(isolation::Identity{"u", "t", "r"});
  int caught = alone(1);
  try {
    slot.get_or_create(context, []() -> Text { throw std::logic_error("x"); });
  } catch (const std::logic_error &) {
    caught += 1;
  }
  caught += slot.get_or_create(context, [] { return Text{10}; }).value;
  context.end();
  try {
    (void)slot.peek(context);
  } catch (const isolation::RequestEndedError &) {
    caught += 100;
  }
  return caught == 111 ? 0 : 1;
}
]])

set(modes checked unchecked checked_noexcept unchecked_noexcept)
set(flags_checked -DISOLATION_CHECKED=1)
set(flags_unchecked -DISOLATION_CHECKED=0)
set(flags_checked_noexcept ${flags_checked} -fno-exceptions -fno-rtti)
set(flags_unchecked_noexcept ${flags_unchecked} -fno-exceptions -fno-rtti)

function(compile unit)
  foreach(mode ${ARGN})
    execute_process(COMMAND ${CXX} -std=c++17 -I ${RUNTIME_DIR}/include
      ${flags_${mode}} -c ${WORK_DIR}/${unit}.cpp
      -o ${WORK_DIR}/${unit}-${mode}.o COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endfunction()
compile(caller ${modes})
compile(callee ${modes})
compile(throws checked unchecked)
compile(alone unchecked_noexcept)

function(link)
  set(objects)
  foreach(object ${ARGN})
    list(APPEND objects ${WORK_DIR}/${object}.o)
  endforeach()
  execute_process(COMMAND ${CXX} ${objects} -pthread -o ${WORK_DIR}/program
    RESULT_VARIABLE status ERROR_VARIABLE said OUTPUT_VARIABLE said)
  set(status "${status}" PARENT_SCOPE)
  set(said "${said}" PARENT_SCOPE)
endfunction()

function(expect_program)
  link(${ARGN})
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN} do not link:\n${said}")
  endif()
  execute_process(COMMAND ${WORK_DIR}/program RESULT_VARIABLE exit)
  if(NOT exit EQUAL 0)
    message(FATAL_ERROR "${ARGN} do not work: ${exit}")
  endif()
endfunction()

foreach(one ${modes})
  foreach(other ${modes})
    if(one STREQUAL other)
      expect_program(caller-${one} callee-${other})
      continue()
    endif()
    link(caller-${one} callee-${other})
    if(status EQUAL 0)
      message(FATAL_ERROR "a unit that is ${one} and one that is ${other} link")
    endif()
    if(NOT said MATCHES "callee")
      message(FATAL_ERROR "the linker does not name the function:\n${said}")
    endif()
  endforeach()
endforeach()
foreach(mode checked unchecked)
  expect_program(throws-${mode} alone-unchecked_noexcept)
  expect_program(alone-unchecked_noexcept throws-${mode})
endforeach()
