#!/bin/sh
# Completion in bash, and in fish and zsh where those are.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; programs of other shells are in single quotes
completion=$(cd "$(dirname "$0")/../../cmd/completion" && pwd)
. "$(dirname "$0")/lib.sh"
PATH=${TMPGUARD%/*}:$PATH
repository here
secure some.py
commit some

# offered WORD…: what bash offers for the last of these words, a line each.
offered() {
    bash -c '. "$0"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _tmpguard "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf "%s\n" "${COMPREPLY[@]}"' "$completion/tmpguard.bash" "$@"
}

expect_exit 0 offered tmpguard ''
cp "$out" got
tmpguard help | sed -n '/^Commands$/,/^$/s/^  \([a-z]*\) .*/\1/p' >wanted
expect_exit 0 cmp wanted got
expect_exit 0 test -s wanted
ok "all commands of the help are offered"

while read -r name; do
    expect_exit 0 offered tmpguard "$name" -
    cp "$out" options
    while read -r option; do
        tmpguard "$name" --help "$option" >"$out" 2>"$err"
        refuse_error 'no option|unknown option'
    done <options
    expect_exit 0 offered tmpguard "$name" --ver
    expect_output '^--verbose$'
    expect_output '^--version$'
done <wanted
expect_exit 0 offered tmpguard install --g
expect_output '^--global$'
expect_exit 0 offered tmpguard scan --g
refuse_output global
ok "a command's options are offered, and it takes them"

expect_exit 0 offered tmpguard --color al
expect_output '^always$'
mkdir servers
expect_exit 0 offered tmpguard install --server s
expect_output '^servers$'
refuse_output '^some\.py$'
rmdir servers
expect_exit 0 offered tmpguard -C check check --range ma
expect_output '^main$'
expect_exit 0 offered tmpguard scan --history ma
expect_output '^main$'
expect_exit 0 offered tmpguard scan --history -- ma
refuse_output '^main$'
expect_exit 0 offered tmpguard scan --history --bran
expect_output '^--branches$'
expect_exit 0 offered tmpguard baseline up
expect_output '^update$'
expect_exit 0 offered tmpguard baseline update so
expect_output '^some\.py$'
expect_exit 0 offered tmpguard config ''
sort "$out" >got
tmpguard config | sed 's/ .*//' | sort >wanted
expect_exit 0 cmp wanted got
for shell in zsh fish; do
    expect_exit 0 grep -o 'excuses blocks [a-zA-Z ]*' "$completion/tmpguard.$shell"
    tr ' ' '\n' <"$out" | sort >got
    expect_exit 0 cmp wanted got
done
expect_exit 0 offered tmpguard scan so
expect_output '^some\.py$'
ok "values, revisions and files are offered where they belong"

if command -v fish >/dev/null; then
    expect_exit 0 fish --no-config -c 'source $argv[1]; complete -C "tmpguard unins"; complete -C "tmpguard check --stag"' \
        "$completion/tmpguard.fish"
    expect_output '^uninstall.take the hooks out again$'
    expect_output '^--staged.check what is staged'
    ok "fish offers them with what they do"
fi
if command -v zsh >/dev/null; then
    expect_exit 0 zsh -n "$completion/tmpguard.zsh"
    ok "zsh understands its file"
fi
