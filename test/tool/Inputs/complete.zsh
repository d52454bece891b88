# complete.zsh SCRIPT WORD...: what the script hands to zsh's own completion.
compdef() { : }
_files() { print files }
_describe() {
  local name
  for name in "$@"; do
    [[ $name == with*value ]] && print -l -- "${(@P)name}"
  done
}
source "$1"
words=("${@:2}")
CURRENT=$#words
_unsingleton
