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

command -v nvim >/dev/null || { echo "not run: with an editor, since nvim is missing: apt-get install neovim"; exit 77; }
mkdir "$scratch/editor" && cd "$scratch/editor" || exit 1
expect_exit 0 timeout 120 nvim --headless --clean -c "luafile $top/tests/lsp/editor.lua"
expect_error '^an editor shows, repairs and excuses'
expect_exit 0 "$TMPGUARD" scan edited.py
ok "$(nvim --version | sed -n 1p) shows, repairs and excuses"
