# complete.bash SCRIPT LINE: what bash would offer after LINE.
source "$1"
COMP_LINE=$2
COMP_POINT=${#COMP_LINE}
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
_unsingleton
printf '%s\n' "${COMPREPLY[@]}"
