# Two units of one program, one checked and one not, that pass a context to each
# other: links when they agree, and not when they do not.

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

function(build caller callee result)
  set(objects)
  foreach(unit caller callee)
    execute_process(COMMAND ${CXX} -std=c++17 -I ${RUNTIME_DIR}/include
      -DISOLATION_CHECKED=${${unit}} -c ${WORK_DIR}/${unit}.cpp
      -o ${WORK_DIR}/${unit}.o COMMAND_ERROR_IS_FATAL ANY)
    list(APPEND objects ${WORK_DIR}/${unit}.o)
  endforeach()
  execute_process(COMMAND ${CXX} ${objects} -pthread -o ${WORK_DIR}/program
    RESULT_VARIABLE status ERROR_VARIABLE said OUTPUT_VARIABLE said)
  set(${result} "${status}" PARENT_SCOPE)
  set(said "${said}" PARENT_SCOPE)
endfunction()

foreach(checked 0 1)
  build(${checked} ${checked} status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "units that agree (${checked}) do not link:\n${said}")
  endif()
  execute_process(COMMAND ${WORK_DIR}/program COMMAND_ERROR_IS_FATAL ANY)
  math(EXPR other "1 - ${checked}")
  build(${checked} ${other} status)
  if(status EQUAL 0)
    message(FATAL_ERROR "a checked and an unchecked unit link")
  endif()
  if(NOT said MATCHES "callee")
    message(FATAL_ERROR "the linker does not name the function:\n${said}")
  endif()
endforeach()
