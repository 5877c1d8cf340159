# Completion of tmpguard for fish. It asks the program itself, so that it always agrees with it.

function __tmpguard_commands
    tmpguard help 2>/dev/null | sed -n '/^Commands$/,/^$/s/^  \([a-z]*\)  *\(.*\)/\1\t\2/p'
end

# The command on the line, if there is one.
function __tmpguard_command
    set -l known (tmpguard help 2>/dev/null | sed -n '/^Commands$/,/^$/s/^  \([a-z]*\)  .*/\1/p')
    for word in (commandline -opc)[2..-1]
        if contains -- $word $known
            echo $word
            return 0
        end
    end
    return 1
end

function __tmpguard_options
    tmpguard help (__tmpguard_command) 2>/dev/null |
        sed -n 's/^  \(-[A-Za-z], \)\{0,1\}\(-[-A-Za-z]*\)[[ ]\(.* \{2,\}\)\{0,1\}\(.*\)/\2\t\4/p'
end

function __tmpguard_command_is
    test (__tmpguard_command; or echo none) = $argv[1]
end

complete -c tmpguard -n 'not __tmpguard_command >/dev/null' -f -a '(__tmpguard_commands)'
complete -c tmpguard -n '__tmpguard_command_is help' -f -a '(__tmpguard_commands)'
complete -c tmpguard -n '__tmpguard_command_is baseline' -a 'create update prune'
complete -c tmpguard -n '__tmpguard_command_is config' -f -a 'excuses blocks codeqlCompat onError missing deadline onDeadline firstPush baseline daemon exclude'
complete -c tmpguard -n '__tmpguard_command_is daemon' -f -a 'run start stop status'
complete -c tmpguard -n '__tmpguard_command_is cache' -f -a 'stats verify gc clear'
complete -c tmpguard -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__tmpguard_options)'
complete -c tmpguard -l color -x -a 'auto always never'
complete -c tmpguard -l format -x -a 'text json sarif github gitlab gitlab-sast junit html'
complete -c tmpguard -n '__tmpguard_command_is scan; and contains -- --history (commandline -opc); and not contains -- -- (commandline -opc)' -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'
complete -c tmpguard -l tree -x -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'
complete -c tmpguard -l range -x -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'
complete -c tmpguard -l commit -x -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'
complete -c tmpguard -l server -x -a '(__fish_complete_directories)'
complete -c tmpguard -l under -x -a '(__fish_complete_directories)'
