# Completes unsingleton's commands and options in fish; the tool itself knows
# which there are.
function __unsingleton_candidates
    set -l words (commandline -opc) (commandline -ct)
    $words[1] __complete $words[2..-1] 2>/dev/null
end
complete -c unsingleton -a '(__unsingleton_candidates)'
