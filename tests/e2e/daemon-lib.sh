# What scripts about the daemon share; after lib.sh. The daemon of $XDG_RUNTIME_DIR is stopped at the end.
# shellcheck shell=sh disable=SC2034,SC2154 # used by the scripts, set by lib.sh
unset TMPGUARD_NO_DAEMON
hook=$TMPGUARD-hook
log=$HOME/.local/state/tmpguard/daemon.log
trap '"$TMPGUARD" daemon stop --quiet; chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT

# state NAME: a number of the daemon's status.
state() {
    "$TMPGUARD" daemon status --format json | sed -n "s/.*\"$1\": \([0-9]*\).*/\1/p"
}

requests() {
    state requests
}

pid() {
    state pid
}

# watches N: that many repositories are watched.
watches() {
    [ "$(state repositories)" = "$1" ]
}

# runs PID: is it there, and no zombie?
runs() {
    of_process=$(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null)
    [ -n "$of_process" ] && [ "$of_process" != Z ]
}

gone() {
    ! runs "$1"
}

# children PID: of a process, each on a line.
children() {
    tr ' ' '\n' <"/proc/$1/task/$1/children" | grep .
}

is_daemon() {
    [ "$(tr '\0' ' ' <"$1/cmdline")" = 'tmpguard daemon run ' ] &&
        tr '\0' '\n' <"$1/environ" | grep -qxF "XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR"
}

# daemons: how many there are of this scratch folder.
daemons() {
    for process in /proc/[0-9]*; do
        is_daemon "$process" && ! is_daemon "/proc/$(sed -n 's/^PPid:\t//p' "$process/status")" && echo "$process"
    done 2>/dev/null | wc -l
}

# within SECONDS COMMAND…: it succeeds by then.
within() {
    left=$(($1 * 20))
    shift
    until "$@" >/dev/null; do
        left=$((left - 1))
        [ $left -gt 0 ] || failed "not in time: $*"
        sleep 0.05
    done
}

milliseconds() {
    date +%s%3N
}
