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

run extract articles/gout-talk-notice.en.md
run sync
run suggest "The seminar attracted over 80 families and nearly 120 patients." --limit 2
run suggest "講座吸引逾80個家庭參加。" --limit 2
run memory stats
run check | tail -n 12
run build | tail -n 12
printf '\nThe site built in a scratch folder; nothing of yours was changed.\n'
