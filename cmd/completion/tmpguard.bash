# Completion of tmpguard for bash. It asks the program itself, so that it always agrees with it.

_tmpguard_commands() {
    "$1" help 2>/dev/null | sed -n '/^Commands$/,/^$/s/^  \([a-z]*\)  .*/\1/p'
}

_tmpguard_options() {
    "$1" help ${2:+"$2"} 2>/dev/null | sed -n 's/^  \(-[A-Za-z], \)\{0,1\}\(-[-A-Za-z]*\)[[ ].*/\2/p'
}

_tmpguard_revisions() {
    git for-each-ref --format='%(refname:short)' 2>/dev/null
}

_tmpguard() {
    local program=$1 word=$2 before=$3 command='' i candidates

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -C | --format | --output | --color | --jobs | --since | --until | --git | --server | --under | --deadline | --idle) ((i++)) ;;
        -*) ;;
        *)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $before:$command:$word in
    --color:*) candidates='auto always never' ;;
    --format:*) candidates='text json sarif github gitlab gitlab-sast junit html' ;;
    --range:* | --commit:* | --tree:*) candidates=$(_tmpguard_revisions) ;;
    -C:* | --server:* | --under:*)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
        ;;
    *:*:-*) candidates=$(_tmpguard_options "$program" "$command") ;;
    *::* | *:help:*) candidates=$(_tmpguard_commands "$program") ;;
    *:daemon:*) candidates='run start stop status' ;;
    *:cache:*) candidates='stats verify gc clear' ;;
    baseline:*) candidates='create update prune' ;;
    *:config:*) candidates='excuses blocks codeqlCompat onError missing deadline onDeadline firstPush baseline daemon exclude' ;;
    *:scan:*)
        # Files, and revisions of a history.
        [[ " ${COMP_WORDS[*]} " == *" --history "* && " ${COMP_WORDS[*]} " != *" -- "* ]] &&
            candidates=$(_tmpguard_revisions)
        mapfile -t COMPREPLY < <(
            compgen -W "$candidates" -- "$word"
            compgen -f -- "$word"
        )
        return
        ;;
    *)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$word")
}

complete -o filenames -F _tmpguard tmpguard
