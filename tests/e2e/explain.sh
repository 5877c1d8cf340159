#!/bin/sh
# The commands that say something about tmpguard itself.
. "$(dirname "$0")/lib.sh"

for name in '' py/insecure-temporary-file insecure-temporary-file tempfile.mktemp os.tempnam os.tmpnam; do
    expect_exit 0 "$TMPGUARD" explain ${name:+"$name"}
    expect_output '^py/insecure-temporary-file: insecure temporary file$'
    for function in tempfile.mktemp os.tempnam os.tmpnam; do expect_output "^$function\$"; done
    expect_output 'tempfile.mkstemp'
    expect_output '^    # tmpguard: ignore\[py/insecure-temporary-file\] reason$'
    ! grep -E '^.{81}' "$out" || failed 'a line of more than 80 columns'
done
ok 'the rule is explained by its id and by its functions'

expect_exit 2 "$TMPGUARD" explain py/other
expect_error "^tmpguard: unknown rule 'py/other'; there is py/insecure-temporary-file$"
expect_silence
expect_exit 2 "$TMPGUARD" explain tempfile.mktemp py/other
expect_silence
ok 'another rule is unknown'

expect_exit 0 "$TMPGUARD" explain --format json
expect_json "d['rule'] == 'py/insecure-temporary-file'" \
    "sorted(f['function'] for f in d['functions']) == ['os.tempnam', 'os.tmpnam', 'tempfile.mktemp']" \
    "all(f['message'] and f['reason'] and f['remedy'] for f in d['functions'])"
ok 'the rule as JSON'

expect_exit 0 "$TMPGUARD" version
expect_output '^tmpguard [0-9]+\.[0-9]+\.[0-9]+$'
cp "$out" version
expect_exit 0 "$TMPGUARD" --version
cmp "$out" version || failed "not as before"
expect_exit 0 "$TMPGUARD" version --format json
expect_json "d == {'name': 'tmpguard', 'version': '$(sed 's/.* //' version)'}"
ok 'the version as text and as JSON'

for command in explain version; do
    expect_exit 0 "$TMPGUARD" $command --output file
    expect_silence
    expect_exit 0 test -s file
    rm file
    expect_exit 2 "$TMPGUARD" $command --output no/such/file
    expect_exit 3 "$TMPGUARD" $command --output /dev/full
    "$TMPGUARD" $command >/dev/full 2>"$err"
    [ $? -eq 3 ] || failed 'a full disk is a success'
done
ok 'an answer goes where the options say, whole or not at all'

expect_exit 0 "$TMPGUARD" explain --color always
expect_output "$(printf '\033')"
expect_exit 0 "$TMPGUARD" explain
refuse_output "$(printf '\033')"
ok 'colour on demand'

expect_exit 0 "$TMPGUARD" help
expect_output '^  explain '
sed -n '/^Commands$/,/^$/s/^  \([a-z]*\) .*/\1/p' "$out" >commands
while read -r command; do
    expect_exit 0 "$TMPGUARD" help "$command"
    expect_output "^Usage: tmpguard $command"
    cp "$out" help
    expect_exit 0 "$TMPGUARD" "$command" --help
    cmp "$out" help || failed "not as before"
done <commands
expect_exit 2 "$TMPGUARD" help nothing
expect_exit 2 "$TMPGUARD"
ok 'every command has its help'
