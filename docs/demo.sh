#!/bin/sh
# The main job on a scratch copy of the example site: demo.sh ROOT BILINGO
set -eu
root=$1
bilingo=$2
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
cp -R "$root/articles" "$root/memory" "$root/locales" "$site/"
sed -n '/^\[tool.bilingo\]/,/^$/p' "$root/pyproject.toml" >"$site/pyproject.toml"
cd "$site"

run() {
    printf '\n$ bilingo'
    for word; do
        case $word in *[!A-Za-z0-9_./=-]*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n'
    code=0
    "$bilingo" "$@" 2>&1 || code=$?
    [ "$code" -lt 2 ] || exit "$code"
}

run extract articles/december-notice.en.md
run sync
run suggest "**Time:** 10:30 a.m. to 4:00 p.m. (last admission at 3:30 p.m.)" --limit 2
run suggest "活動共籌得260萬港元，較去年增加12%。" --limit 2
run memory stats
run check >check.txt
head -n 2 check.txt
printf '…\n'
tail -n 4 check.txt
run build
printf '\nThe site built in a scratch folder; nothing of yours was changed.\n'
