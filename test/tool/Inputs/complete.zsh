# complete.zsh SCRIPT LINE: what zsh makes of LINE when Tab is pressed after it, in a shell with a
# terminal: what it lists, and "<line>" with what then is in the line. SCRIPT is sourced; if it is a
# folder, zsh finds it there, as where a package has put it.
zmodload zsh/zpty
zpty shell 'PS1= TERM=dumb zsh -f -i'
zpty -w shell 'unsetopt prompt_sp; unset zle_bracketed_paste; stty -echo columns 200; LISTMAX=0'
[[ -d $1 ]] && zpty -w shell "fpath=($1 \$fpath)"
zpty -w shell 'autoload -Uz compinit && compinit -u -D'
[[ -d $1 ]] || zpty -w shell "source $1"
zpty -w shell 'show() { print -r -- "<line>$BUFFER</line>"; zle kill-whole-line }; zle -N show; bindkey "^X" show'
# What is typed ahead is echoed: only what zsh makes of this is 'readynow'.
zpty -w shell "print ready''now"
zpty -r shell said '*readynow*'
zpty -w -n shell "$2"$'\t'$'\x18'
zpty -r shell said '*</line>*'
said=${said#*readynow}
print -r -- "${said//$'\r'/}"
zpty -d shell
