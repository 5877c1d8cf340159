#!/bin/sh
# No setting of git changes a verdict, and none of its commands is run by us.
. "$(dirname "$0")/lib.sh"

# git itself runs some of these, so this counts only where we alone ran.
printf '#!/bin/sh\ntouch "%s/ran"\nexit 1\n' "$scratch" >"$scratch/run" &&
    chmod +x "$scratch/run" || exit 1

runs_nothing() {
    insecure runs.py
    mv .git/info/attributes .git/info/none
    git -c core.fsmonitor=false -c core.hooksPath=/dev/null add runs.py || exit 1
    mv .git/info/none .git/info/attributes
    rm -f "$scratch/ran"
    expect_exit 1 "$TMPGUARD" check
    expect_exit 1 "$TMPGUARD" check --commit HEAD
    expect_exit 1 "$TMPGUARD" scan
    expect_exit 1 "$TMPGUARD" scan --tree HEAD
    expect_exit 1 "$TMPGUARD" scan --history
    "$TMPGUARD" check --pre-push </dev/null >"$out" 2>"$err"
    [ ! -e "$scratch/ran" ] || failed 'a command was run'
    rm runs.py
}

repository commands
fill
for key in core.pager core.fsmonitor core.sshCommand core.askPass core.gitProxy \
    diff.external diff.own.command diff.own.textconv filter.own.clean \
    filter.own.smudge filter.own.process interactive.diffFilter gpg.program \
    uploadpack.packObjectsHook credential.helper sequence.editor \
    pager.rev-parse pager.diff-index; do
    git config "$key" "$scratch/run"
done
for command in rev-parse diff-index diff-tree rev-list cat-file for-each-ref ls-files; do
    git config "alias.$command" "!$scratch/run"
done
git config gc.auto 1
git config maintenance.auto true
echo '*.py diff=own filter=own' >.git/info/attributes
for hook in post-index-change reference-transaction post-checkout fsmonitor-watchman; do
    cp "$scratch/run" ".git/hooks/$hook"
done
runs_nothing
ok 'no command of the configuration is run'

(
    export GIT_EXTERNAL_DIFF="$scratch/run" GIT_PAGER="$scratch/run" \
        PAGER="$scratch/run" GIT_SSH="$scratch/run" GIT_ASKPASS="$scratch/run" \
        GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsmonitor GIT_CONFIG_VALUE_0="$scratch/run"
    runs_nothing
) || exit 1
ok 'no command of the environment is run'

repository settings
fill
printf 'zzz\nold.py\n' >"$scratch/order"
for setting in diff.renames=copies diff.renameLimit=1 diff.noprefix=true diff.relative=true \
    diff.orderFile="$scratch/order" diff.ignoreSubmodules=all color.ui=always \
    color.diff=always core.quotePath=false core.ignoreCase=true core.abbrev=4 \
    index.threads=4 i18n.logOutputEncoding=UTF-16 log.showSignature=true \
    core.untrackedCache=true core.preloadIndex=false core.fsync=all; do
    git config "${setting%%=*}" "${setting#*=}"
done
works
git mv old.py renamed.py
allows git commit -m x
git mv renamed.py old.py
allows git commit -m x
ok 'no setting changes a verdict'

(
    export GIT_DIFF_OPTS=--unified=0 GIT_LITERAL_PATHSPECS=1 GIT_ICASE_PATHSPECS=0 \
        GIT_FLUSH=0 GIT_OPTIONAL_LOCKS=1 GIT_CEILING_DIRECTORIES="$scratch" \
        LANGUAGE=de LC_ALL=C TERM=dumb COLUMNS=3
    works
) || exit 1
(
    export GIT_TRACE_SETUP=1 GIT_TRACE_PERFORMANCE=1 GIT_TRACE2_EVENT=1 GIT_TRACE=1 \
        GIT_TRACE_PACK_ACCESS=1 GIT_TRACE2_PERF=1
    works 2>/dev/null
) || exit 1
ok 'no variable changes a verdict, nor does what git traces'
