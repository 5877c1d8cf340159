#compdef tmpguard
# Completion of tmpguard for zsh. It asks the program itself, so that it always agrees with it.

_tmpguard_commands() {
    local -a commands
    commands=(${(f)"$(_call_program commands $service help |
        sed -n '/^Commands$/,/^$/s/^  \([a-z]*\)  *\(.*\)/\1:\2/p')"})
    _describe -t commands command commands
}

_tmpguard_options() {
    local -a options
    options=(${(f)"$(_call_program options $service help $1 |
        sed -n 's/^  \(-[A-Za-z], \)\{0,1\}\(-[-A-Za-z]*\)[[ ]\(.* \{2,\}\)\{0,1\}\(.*\)/\2:\4/p')"})
    _describe -t options option options
}

_tmpguard() {
    local command word skip
    local -a values

    for word in ${words[2,CURRENT-1]}; do
        if [[ -n $skip ]]; then
            skip=
            continue
        fi
        case $word in
        -C | --format | --output | --color | --jobs | --since | --until | --git | --server | --under | --deadline | --idle) skip=yes ;;
        -*) ;;
        *)
            command=$word
            break
            ;;
        esac
    done
    case ${words[CURRENT-1]} in
    --color) values=(auto always never) ;;
    --format) values=(text json sarif github gitlab gitlab-sast junit html) ;;
    --range | --commit | --tree) values=(${(f)"$(_call_program revisions git for-each-ref '--format="%(refname:short)"')"}) ;;
    -C | --server | --under)
        _files -/
        return
        ;;
    esac
    if (( $#values )); then
        compadd -a values
    elif [[ $PREFIX == -* ]]; then
        _tmpguard_options $command
    elif [[ -z $command || $command == help ]]; then
        _tmpguard_commands
    elif [[ $command == baseline && ${words[CURRENT-1]} == baseline ]]; then
        compadd create update prune
    elif [[ $command == config ]]; then
        compadd excuses blocks codeqlCompat onError missing deadline onDeadline firstPush baseline daemon exclude
    elif [[ $command == daemon ]]; then
        compadd run start stop status
    elif [[ $command == cache ]]; then
        compadd stats verify gc clear
    elif [[ $command == scan && -n ${words[(r)--history]} && -z ${words[(r)--]} ]]; then
        compadd -- ${(f)"$(_call_program revisions git for-each-ref '--format="%(refname:short)"')"}
    else
        _files
    fi
}

_tmpguard "$@"
