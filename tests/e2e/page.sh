#!/bin/sh
# The HTML report of a history in a browser: it sorts and filters, has no errors, and axe-core finds nothing against it.
# 77: there is no Chromium here, or no axe-core.
# shellcheck disable=SC1091,SC2154 # lib.sh
top=$(cd "$(dirname "$0")/../.." && pwd)
modules=$("$top/tests/npm" reports) || modules=
. "$(dirname "$0")/lib.sh"
browser=$(command -v chromium || command -v chromium-browser) || browser=

repository work
for name in bad other third; do
    tick
    insecure $name.py
    commit "Add <$name> & more"
done
tick
secure other.py
commit 'Repair it'
printf 'import tempfile\na = 1  # %s\nname = tempfile.mktemp()\n' '<script>alert(1)</script></pre>' >'<b>.py'
commit hostile
expect_exit 1 "$TMPGUARD" scan --history --format html=../page.html
expect_exit 1 grep -E 'https?://|<link|<img|src=' ../page.html
expect_exit 1 grep -F '<b>.py' ../page.html
ok "the page asks for nothing, and escapes what it shows"

[ -n "$browser" ] || { echo "not run: in a browser: apt-get install chromium"; exit 77; }
[ -n "$modules" ] || { echo "not run: in a browser, since there is no axe-core"; exit 77; }
python3 -I -S - "$scratch" "$modules" "$top" <<'END'
import sys
scratch, modules, top = sys.argv[1:]
page = open(scratch + "/page.html", encoding="utf-8").read()
axe = open(modules + "/axe-core/axe.min.js", encoding="utf-8").read()
use = open(top + "/tests/reports/page.js", encoding="utf-8").read()
watch = "window.errors=[];for(const name of ['error','securitypolicyviolation'])" \
    "window.addEventListener(name,e=>window.errors.push(e.message||e.violatedDirective),true);"
page = page.replace("<title>", "<script>" + watch + "</script><title>", 1)
page = page.replace("</body>", "<script>" + axe + "</script><script>" + use + "</script></body>", 1)
open(scratch + "/tried.html", "w", encoding="utf-8").write(page)
END

# tried OPTION…: what page.js says of the page in the browser, as JSON.
tried() {
    timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
        --user-data-dir="$scratch/profile" --virtual-time-budget=20000 "$@" --dump-dom "file://$scratch/tried.html" \
        >dom 2>"$err" || failed "no browser"
    python3 -I -S -c 'import html, re, sys
print(html.unescape(re.search("<title>(.*?)</title>", open("dom", encoding="utf-8").read(), re.S)[1]))' >"$out"
}

tried --window-size=1200,900
expect_json "d['errors'] == []" "d['rows'] == 4" "d['sorted'] == [True] * 6" "d['past'] == 1" "d['bad'] == 1" \
    "d['all'] == 4" "not d['dark']" "d['violations'] == []" "d['passes'] > 10" "not d['wide']"
ok "it sorts and filters, and is accessible"
tried --window-size=500,900
expect_json "d['errors'] == []" "d['violations'] == []" "not d['wide']"
tried --window-size=1200,900 --blink-settings=preferredColorScheme=0
expect_json "d['dark']" "d['errors'] == []" "d['violations'] == []"
ok "so it is on a narrow window, and in the dark"
