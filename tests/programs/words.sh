#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How the programs speak where a user has made a mistake, and in which language.
# usage: words.sh SOURCE_DIR BUILD_DIR
. "$(dirname "$0")/../lib/tap.sh"

source=$1 build=$2

# said NAME WORDS COMMAND…: passes when the command says these words.
said() {
  local name=$1 words=$2
  shift 2
  "$@" >"$work/out" 2>&1 </dev/null
  grep -qF -- "$words" "$work/out"
  result $? "$name"
}
english() { env -u LANGUAGE LC_ALL=C.UTF-8 TZ=CST-8 "$@"; }
chinese() { env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG=zh_CN.UTF-8 TZ=CST-8 YIHU_LOCALEDIR="$build/src/po" "$@"; }
tools=$build/tools

english "$tools/yihu-issue" init "$work/e" --election "$source/ballots/pocket-park/election.pb" \
  --households "$source/ballots/pocket-park/households.csv" --opens '2031-06-02 08:00' \
  --closes '2031-06-08 20:00' --holders 3 --threshold 2 --nobody-may-miss --unencrypted --seen >"$work/init" 2>&1 || cat "$work/init" >&2
said 'times have a weekday and a zone' 'opens 2031-06-02 Mon 08:00 UTC+8' english "$tools/yihu-issue" status "$work/e"
said 'in Chinese, too' '2031-06-08 周日 20:00 UTC+8' chinese "$tools/yihu-issue" status "$work/e"
sed -i 's/^min-box .*/min-box no/' "$work/e/ceremony/plan"
said 'where and what are joined in English' 'plan: line 8 must give “min-box”' \
  english "$tools/yihu-issue" status "$work/e"
said 'and in Chinese' 'plan：第 8 行应为“min-box”' chinese "$tools/yihu-issue" status "$work/e"
plan
