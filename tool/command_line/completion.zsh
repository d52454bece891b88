#compdef unsingleton
# Completes unsingleton's commands and options in zsh; the tool itself knows
# which there are.
_unsingleton() {
  local -a with_value without_value
  local line word
  for line in "${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=${line%%$'\t'*}
    [[ -z $word ]] && continue
    # A colon ends the word for _describe.
    word="${word//:/\\:}:${line#*$'\t'}"
    if [[ ${line%%$'\t'*} == *= ]]; then
      with_value+=("$word")
    else
      without_value+=("$word")
    fi
  done
  if ((${#with_value} + ${#without_value} == 0)); then
    _files
    return
  fi
  _describe 'unsingleton' without_value
  _describe 'unsingleton' with_value -S ''
}
if [[ ${funcstack[1]} == _unsingleton ]]; then
  _unsingleton "$@"
else
  compdef _unsingleton unsingleton
fi
