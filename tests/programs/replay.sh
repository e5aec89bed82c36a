#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A real election held again: Assen's 84 votes, through letters, daemon,
# shuffles and audit, give the winners that Assen published.
# usage: replay.sh SOURCE_DIR BUILD_DIR
. "$(dirname "$0")/../lib/tap.sh"

source=$1 build=$2
says() { grep -q -- "$1" "$work/said"; }

# Long enough for a busy computer to make the letters.
file=$source/tests/data/pb/Netherlands_Assen_2024.pb
YIHU_BUILD=$build "$source/tools/replay" "$file" --seconds 70 --dir "$work/e" >"$work/said" 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$work/said"

check 'the replay ends well' [ $status -eq 0 ]
check 'every vote is in the box' says 'Closed. Ballots: 84, of 84 '
check 'the audit verifies' says 'VERIFIED under the election id'
check 'the winners are those that Assen published' says "The same 9 winners as the file's."

results=$work/e/box/public/results.pb
counted() { "$build/tools/yihu-tally" count "$@" --json 2>/dev/null | grep -o '"funded":[^]]*]'; }
same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
check 'counting results.pb by itself gives the same' same "$(counted "$results")" \
  "$(grep -o '"funded":[^]]*]' "$work/e/box/public/results.json")"
check 'the page tells each round' [ "$(grep -c '<p>第 [0-9]* 轮：' "$work/e/box/public/site/results.html")" -eq 9 ]
check 'the table for spreadsheets has every project' [ "$(wc -l <"$work/e/box/public/site/results.csv")" -eq 15 ]

mkdir "$work/no"
YIHU_BUILD=$build "$source/tools/replay" "$work/absent.pb" --dir "$work/no/e" >"$work/said" 2>&1
check 'a file that is not there is named' says 'absent.pb is not there'
plan
