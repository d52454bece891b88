# cmake -DFOLDER=DIR -DOUTPUT=FILE -P Templates.cmake
#
# Writes the files that `unsingleton init` knows (integration/*.yml, *.yaml) as rows
# of C++, TEMPLATE("NAME", R"page(…)page").
file(GLOB files "${FOLDER}/*.yml" "${FOLDER}/*.yaml")
set(rows "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND rows "TEMPLATE(\"${name}\", R\"page(${text})page\")\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
