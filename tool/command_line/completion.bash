# Completes unsingleton's commands and options in bash; the tool itself knows
# which there are.
_unsingleton() {
  local line=${COMP_LINE:0:COMP_POINT} cur candidates
  local -a words
  read -ra words <<<"$line"
  if [[ $line == *[[:space:]] ]]; then
    words+=("")
  fi
  cur=${words[-1]}
  candidates=$("${words[0]}" __complete "${words[@]:1}" 2>/dev/null | cut -f1)
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$candidates" -- "$cur"))
  # Where bash ends words at '=', it has what comes before already.
  if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${cur%%=*}="}")
  fi
  if [[ ${COMPREPLY[0]-} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -o default -o bashdefault -F _unsingleton unsingleton
