#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Renders what people read: an election's letters, slips, lists and posters up to
# its results, sheets and posters of made-up elections, and the pages as browsers
# get them; glossary.py reads it all.
# usage: glossary.sh SOURCE_ROOT BUILD_ROOT PROGRAMS SHEETS POSTERS [WEB]   (programs with a clock of the test)
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source=$1 build=$2 programs=$3 sheets=$4 posters=$5 web=${6-}
export LC_ALL=C.UTF-8 TZ=CST-8 YIHU_LOCALEDIR="$build/src/po" PATH="$programs:$PATH"
d=$work/election

closes=1780358400

held() {
  export YIHU_TEST_CLOCK=$((closes - 90000))
  yihu-issue init "$d" --election "$source/ballots/jishan-2025/election.pb" \
    --households "$source/ballots/pocket-park/households.csv" --url https://vote.example.org \
    --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z \
    --holders 1 --threshold 1 --nobody-may-miss --min-box 1 --unencrypted --seen
  for _ in 1 2; do
    yihu-trustee ceremony "$d" --key "$work/key" --name 王芳 --unencrypted --seen
    yihu-issue charter "$d" --seen
  done
  yihu-issue letters "$d" --skip-rehearsal test --lang zh && yihu-issue poster "$d" --desk 活动室
  export YIHU_TEST_CLOCK=$((closes + 10))
  yihu-tally close "$d" && yihu-issue sign "$d" --seen && yihu-tally complaints "$d" --filed 1
  yihu-tally publish "$d"
}
held >"$work/log" 2>&1
mkdir "$work/sheets" "$work/posters" "$work/all"
"$sheets" "$work/sheets" && "$posters" "$work/posters" || echo "# no sheets"
[ -z "$web" ] || (cd "$web" && node build.mjs --folder "$work/pages") || echo "# no pages"
for want in paper/results-a4.pdf paper/poster-a4.pdf box/public/site/results.html; do
  [ -e "$d/$want" ] || { sed 's/^/# /' "$work/log" && echo "Bail out! no $want" && exit 1; }
done
cp -R "$d/paper" "$d/letters" "$d/box/public/site" "$work/sheets" "$work/posters" "$work/all/"
[ ! -e "$work/pages" ] || mv "$work/pages" "$work/all/"
"$(dirname "$0")/glossary.py" "$source" "$work/all"
