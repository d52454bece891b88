# cmake -DSOURCE=DIR -DTO=FILE -P WriteCommit.cmake: the commit that is being
# built, as a macro; FILE changes only when the commit does.
set(commit "")
find_program(git git)
if(git)
  execute_process(COMMAND "${git}" -C "${SOURCE}" rev-parse --show-toplevel
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  file(REAL_PATH "${SOURCE}" source)
  # A copy of the sources inside another repository is no commit of that.
  if(top STREQUAL source)
    execute_process(COMMAND "${git}" -C "${SOURCE}" rev-parse --short=12 HEAD
      OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    execute_process(COMMAND "${git}" -C "${SOURCE}" status --porcelain --untracked-files=no
      OUTPUT_VARIABLE changes OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(commit AND changes)
      string(APPEND commit " with changes")
    endif()
  endif()
endif()
set(text "#define UNSINGLETON_COMMIT \"${commit}\"\n")
if(EXISTS "${TO}")
  file(READ "${TO}" before)
endif()
if(NOT text STREQUAL before)
  file(WRITE "${TO}" "${text}")
endif()
