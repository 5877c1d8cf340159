#!/bin/sh
# The language server, as a client sees it: message by message, and by an editor where there is one.
# shellcheck disable=SC1091,SC2154 # lib.sh
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"
export TMPGUARD

mkdir "$scratch/talk" && cd "$scratch/talk" || exit 1
PYTHONDONTWRITEBYTECODE=1 python3 "$top/tests/lsp/check.py" "$top/tests/cases-fix" || failed "the protocol"

expect_exit 2 "$TMPGUARD" lsp file.py
expect_exit 2 "$TMPGUARD" lsp --unsafe
expect_exit 0 "$TMPGUARD" lsp --help
expect_output 'LSP 3.17'
ok "it takes no arguments, and says what it is"
