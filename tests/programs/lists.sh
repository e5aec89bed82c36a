#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Household lists as committees have them: taken, or refused with the line and
# what to do.
# usage: lists.sh SOURCE_DIR BUILD_DIR
. "$(dirname "$0")/../lib/tap.sh"
shopt -s lastpipe # the lists are piped into functions that count

source=$1 build=$2
export LC_ALL=C.UTF-8 TZ=CST-8
init() {
  rm -rf "$work/e"
  "$build/tools/yihu-issue" init "$work/e" --election "$source/ballots/pocket-park/election.pb" \
    --households "$work/list" --opens '2037-06-01 08:00' --closes '2037-06-07 20:00' \
    --holders 1 --threshold 1 --nobody-may-miss --unencrypted --seen >"$work/out" 2>&1 </dev/null
}
# takes NAME HOUSEHOLDS LABEL…: the list on stdin gives so many, these among them.
takes() {
  local name=$1 count=$2 label bad=0
  shift 2
  cat >"$work/list"
  init && [ "$(wc -l <"$work/e/secret/roll")" = "$count" ] || bad=1
  for label in "$@"; do grep -qP "\t\Q$label\E$" "$work/e/secret/roll" 2>/dev/null || bad=1; done
  result $bad "$name"
}
# refuses NAME WORDS…: the list on stdin is refused with these words; no folder is left.
refuses() {
  local name=$1 word bad=0
  shift
  cat >"$work/list"
  init && bad=1
  for word in "$@"; do grep -qF -- "$word" "$work/out" || bad=1; done
  [ ! -e "$work/e" ] || bad=1
  result $bad "$name"
}

printf '楼栋,单元,房号,姓名\r\n春江苑1栋,2,301,王芳\r\n' | iconv -f UTF-8 -t GB18030 | takes 'GB18030 with CRLF, as Excel saves it' 1 春江苑1栋-2-301
printf '\xef\xbb\xbf楼栋,房号\n1栋,301\n' | takes 'UTF-8 with BOM' 1 1栋-301
printf '楼栋\t单元\t房号\n1\t2\t301\n1\t2\t302\n' | takes 'tabs' 2 1-2-301 1-2-302
printf '楼栋;房号\n1;301\n' | takes 'semicolons' 1 1-301
printf '楼栋,房号\n１,３０１\n' | takes 'full-width digits' 1 1-301
printf '楼栋,房号  \n 1 ,301　 \n' | takes 'trailing blanks' 1 1-301
printf '楼栋,房号\n1,301\n,\n\n\n' | takes 'blank lines at the end' 1 1-301
{
  echo 楼栋,单元,房号
  for ((i = 0; i < 5000; i++)); do echo "$((i / 100 + 1)),$((i / 50 % 2 + 1)),$((i % 50 + 101))"; done
} | takes '5,000 rows' 5000 1-1-101 50-2-150
printf '楼栋,房号\n1,301\n,302\n' | takes 'merged buildings' 2 1-301 1-302
printf '楼栋,单元,房号\n1,1,301\n1,,302\n' | takes 'merged units' 2 1-1-301 1-1-302
printf '楼栋,单元,房号\n1,1,301\n9别墅,,2\n' | takes 'a building without units' 2 1-1-301 9别墅-2
printf '楼栋,单元,房号\n1,1,301\n别墅,,2\n' | refuses 'a building unlike the others' 'line 3, column 1' 'were cells moved'
printf '楼栋,房号\n1,301\n2,\n' | refuses 'a row without a room' 'line 3' 'empty'
printf '楼栋,房号\n1,301\n1,３０１ \n' | refuses 'a household that is there twice' 'line 2' 'line 3' '1-301'
printf '楼栋,房号\n1,301\n\n1,302\n' | takes 'a blank line inside' 2 1-301 1-302
printf '楼栋,房号\n1,301,5\n' | refuses 'a cell too many' 'line 2, column 3' 'beyond the last named column'
printf '楼栋,房间号码\n1,301\n' | refuses 'a column that is not known' '房号'
printf '楼栋,房号\n1,30\xff1\n' | refuses 'bytes in no known encoding' 'line 2'
printf '楼栋,房号\n' | refuses 'a list of nobody' 'no household'
printf 'PK\x03\x04\x14\x00\x06\x00\x08' | refuses 'a workbook that was not saved as CSV' list
plan
