# cmake -DPAGES=DIR -DOUTPUT=FILE -P RuleHelp.cmake
#
# Writes the rules' pages (docs/checks/isolation-*.md) as rows of C++,
# RULE_HELP("NAME", R"page(…)page"), for reports that bring a rule's help along.
# Left out is what only makes sense in the repository: the title, links to other
# files (their text stays) and the options.
file(GLOB pages "${PAGES}/isolation-*.md")
set(rows "")
foreach(page IN LISTS pages)
  get_filename_component(name "${page}" NAME_WE)
  file(READ "${page}" text)
  string(REGEX REPLACE "\n## Options\n.*" "\n" text "${text}")
  string(REGEX REPLACE "\nMore examples of both:[^\n]*\n" "" text "${text}")
  string(REGEX REPLACE "^(<!--[^\n]*-->\n+)?# [^\n]*\n+" "" text "${text}")
  string(REGEX REPLACE "\\[([^]\n]*)\\]\\((\\.\\./|isolation-)[^)\n]*\\)" "\\1" text "${text}")
  string(STRIP "${text}" text)
  string(APPEND rows "RULE_HELP(\"${name}\", R\"page(${text}\n)page\")\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
