# cmake -DFOLDER=DIR -DPATTERNS="*.a *.b" -DOUTPUT=FILE -P EmbedTexts.cmake
#
# Writes the files of a folder that fit a pattern as rows of C++,
# EMBEDDED_TEXT("NAME", R"text(…)text").
separate_arguments(PATTERNS UNIX_COMMAND "${PATTERNS}")
set(files "")
foreach(pattern IN LISTS PATTERNS)
  file(GLOB found "${FOLDER}/${pattern}")
  list(APPEND files ${found})
endforeach()
if(NOT files)
  message(FATAL_ERROR "no file in '${FOLDER}' fits '${PATTERNS}'")
endif()
set(rows "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND rows "EMBEDDED_TEXT(\"${name}\", R\"text(${text})text\")\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
