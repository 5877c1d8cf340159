#!/bin/sh
# The help, the manual page and README.md name the same commands and options.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; backquotes are those of README.md
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"

"$TMPGUARD" help | sed -n '/^Commands$/,/^$/s/^  \([a-z]*\) .*/\1/p' | sort >commands
while read -r name; do "$TMPGUARD" help "$name"; done <commands |
    sed -n 's/^  \(-[A-Za-z], \)\{0,1\}-\{1,2\}\([-A-Za-z]*\)[[ ].*/\2/p' | sort -u >options
[ "$(wc -l <commands)" -ge 5 ] || failed "the help cannot be read"
[ "$(wc -l <options)" -ge 10 ] || failed "the help of commands cannot be read"

# entries EXPRESSION: the entries of the lists in sections whose names match.
entries() {
    awk -v wanted="$1" '/^\.Sh / { on = substr($0, 5) ~ wanted } on && /^\.It / { print }' "$top/cmd/tmpguard.1"
}

entries '^COMMANDS$' | sed 's/^\.It Cm \([a-z]*\).*/\1/' | sort >described
expect_exit 0 diff commands described
ok "the manual page describes every command, and no other"

entries '^OPTIONS ' | sed -n 's/^\.It \(Fl [a-zA-Z] , \)\{0,1\}Fl -*\([-a-zA-Z]*\).*/\2/p' | sort -u >described
expect_exit 0 diff options described
# An option on a line of its own would be the first word of the text.
expect_exit 0 awk '/^\.Op / && before ~ /^\.It / { bad = 1 } { before = $0 } END { exit bad }' "$top/cmd/tmpguard.1"
ok "the manual page describes every option, and no other"

# words EXPRESSION: what stands for the brackets in the code of README.md.
words() {
    { grep -o '`[^`]*`' "$top/README.md"; awk '/^```/ { on = !on } on' "$top/README.md"; } |
        grep -o -- "$1" | sed 's/.*[ `-]//' | sort -u
}

words '\(^\|[`/ ]\)tmpguard [a-z]\{3,\}' | grep -vx stopped >named
expect_exit 0 test -s named
expect_exit 1 grep -vxFf commands named
grep -o -- '--[a-z][-a-z]*' "$top/README.md" | sed 's/^--//' | sort -u >named
"$top/install.sh" --help | sed -n 's/^  --\([-a-z]*\).*/\1/p' >of-install
# Those of cmake, git and systemctl.
printf '%s\n' build install now prefix preset no-verify user >of-others
cat options of-install of-others >known
expect_exit 1 grep -vxFf known named
ok "README.md names no command and no option that is not there"

repository framework
insecure bad.py
git add bad.py
sed -n 's/^  entry: tmpguard //p' "$top/.pre-commit-hooks.yaml" >"$scratch/entries"
expect_exit 0 test "$(wc -l <"$scratch/entries")" -eq 2
while read -r arguments; do
    # shellcheck disable=SC2086 # a list of words
    expect_exit "$(case $arguments in *push*) echo 0 ;; *) echo 1 ;; esac)" "$TMPGUARD" $arguments </dev/null
done <"$scratch/entries"
git commit -q -m bad
expect_exit 1 "$TMPGUARD" check --pre-push </dev/null
ok "the hooks for the pre-commit framework run commands that stop what they are for"
