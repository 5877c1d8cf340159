#!/bin/sh
# tmpguard status, doctor: each way in which a gate does not fire is named, with a repair that repairs it.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

expect_exit 2 "$TMPGUARD" status
expect_error '^tmpguard: not in a git repository$'
repository quick
expect_exit 1 "$TMPGUARD" status
expect_output '^tmpguard [0-9.]+ is not installed here .*: git looks in .*/quick/\.git/hooks$'
expect_exit 1 "$TMPGUARD" status --json
expect_json "d['version'] == 1" "d['installed'] is False" "d['fires'] is False" "d['where'].endswith('/.git/hooks')"
expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" status
expect_output '^tmpguard [0-9.]+ checks commits, merges and pushes here, from '
[ "$(wc -l <"$out")" -eq 1 ] || failed "more than one line"
expect_exit 0 "$TMPGUARD" status --format json
expect_json "d['installed'] is True" "d['fires'] is True"
expect_exit 0 "$TMPGUARD" status -q
expect_silence
git worktree add -q --orphan -b other ../linked 2>/dev/null || { secure a.py && commit a && git worktree add -q ../linked; }
expect_exit 0 "$TMPGUARD" -C ../linked status
git config core.hooksPath /nowhere
expect_exit 1 "$TMPGUARD" status
expect_output 'is installed but would not run .*/nowhere$'
git config --unset core.hooksPath
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 1 "$TMPGUARD" status
expect_output 'is not installed here'
expect_exit 2 "$TMPGUARD" status here
ok "status tells in one line, and by its exit code, whether git would run tmpguard"
