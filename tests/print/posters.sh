#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Results posters as they leave the printer: rendered, and read back.
# usage: posters.sh POSTERS
. "$(dirname "$0")/../lib/tap.sh"
export LC_ALL=C.UTF-8 TZ=CST-8
need zbarimg pdftoppm pdftotext pdffonts pdfinfo qpdf

names=(1-zh 8-en 8-long-zh 30-en 100-zh shut-zh consent-zh desk-zh answer-zh)
mkdir "$work/a" "$work/b"
check 'posters of 1 to 100 projects are made' "$1" "$work/a" "${names[@]}"
pages() { pdfinfo "$work/a/$1.pdf" | sed -n 's/^Pages: *//p'; }
text() { pdftotext "$work/a/$1.pdf" - | tr -d '\n\f '; }
has() { # poster, words
  local all word
  all=$(text "$1") && shift
  for word in "$@"; do case "$all" in *"$word"*) ;; *) echo "not there: $word" && return 1 ;; esac done
}
in_order() { # poster, words: each stands behind the one before
  local all word
  all=$(text "$1") && shift
  for word in "$@"; do
    case "$all" in *"$word"*) all=${all#*"$word"} ;; *) echo "not in order: $word" && return 1 ;; esac
  done
}

qpdf_all() { for pdf in "$work"/a/*.pdf; do qpdf --check "$pdf" || return 1; done; }
check 'qpdf finds nothing' qpdf_all
embedded() {
  for pdf in "$work"/a/*.pdf; do
    pdffonts "$pdf" | awk 'NR > 2 && !/yes yes yes/ { bad = 1; print } END { exit bad || NR < 3 }' || return 1
  done
}
check 'fonts are embedded, subset, with their characters' embedded
size() { # poster, width and height in points
  pdfinfo "$work/a/$1.pdf" | grep -qE "^Page size: *$2"
}
check 'A4 is A4' size 8-en-a4 '595[.0-9]* x 84[12]'
check 'A3 is A3' size 8-en-a3 '84[12][.0-9]* x 119[01]'
check 'one project has one sheet' [ "$(pages 1-zh-a4)" = 1 ]
check 'a hundred projects have as many as it takes, and A3 no more than A4' \
  [ "$(pages 100-zh-a4)" -gt 1 -a "$(pages 100-zh-a3)" -le "$(pages 100-zh-a4)" ]

every_row() { # poster, how many, format of a name's end
  local all i
  all=$(text "$1")
  for ((i = 1; i <= $2; i++)); do
    # shellcheck disable=SC2059 # the format is the argument
    case "$all" in *"$(printf "$3" $i)"*) ;; *) echo "project $i is missing" && return 1 ;; esac
  done
}
check 'all of 100 projects are there' every_row 100-zh-a4 100 '第%d号费用'
check 'and on A3' every_row 100-zh-a3 100 '第%d号费用'
check 'all of 30 projects are there, in English' every_row 30-en-a4 30 'no.%dcosts'
last=$(pages 100-zh-a4)
check 'each sheet says which one it is' has 100-zh-a4 "第1张，共$last张" "第$last张，共$last张"
check 'one sheet is not numbered' sh -c "! pdftotext '$work/a/1-zh-a4.pdf' - | grep -q '第 1 张'"

check 'it reads in order: who won, figures, projects, the election, who signed' in_order 1-zh-a4 \
  积善社区投票结果公示 积善社区2025年保障资金项目 1个项目入选：「口袋公园长椅第1号」 \
  有投票权的300户，已投262户 达到：要求参与户数至少2/3 有效票260张，废票2张 共500,000元，用去376,250元，余123,750元 \
  居委会没有登记投诉 2025-06-0108:00至2025-06-0208:00（UTC+0800） 按票数从多到少 \
  1.口袋公园长椅第1号 费用12,500元 231票 入选 040G-2081-040G-2081-040G-2081 \
  结果由经办人和密钥保管人签名：王芳、李强、张敏 公示单位（盖章）
check 'a lost project says why, and the lot is named' has 8-en-a4 'Only4,123yuanwasleft' 'thelotputitfirst'
check 'names that fill the sheet leave the count in their place' has 100-zh-a4 34个项目入选：下表中打
check 'a box that stayed shut says so first' in_order shut-zh-a4 票箱没有打开，没有项目入选 有投票权的300户 口袋公园长椅第1号 票箱没有打开
check 'complaints are counted beside the result, and answered' in_order consent-zh-a4 收到4件，已公开答复3件 \
  对投诉的答复 1.0231号住户反映 2.Thedeskwasclosed 3.0017号信件
check 'the sender signs it, with telephone and place' in_order consent-zh-a4 公示单位（盖章）：积善社区居委会 地址：积善路1号 电话：028-84840000 公示时间
check 'an answer that is too long is cut, so that one sheet does' [ "$(pages answer-zh-a4)" = 1 ]
check 'and the others follow' in_order answer-zh-a4 1.逐户核实，逐户核实 2.Thedeskwasclosed 3.0017号信件
check 'consent has all three figures, and the support that was needed' has consent-zh-a4 同意231，反对9，弃权0 要求超过1/2
check 'without a page it says whom to ask' has desk-zh-a4 可向居委会索取

reads() { # poster, text of its code
  pdftoppm -r 100 -gray -f 1 -l 1 -singlefile "$work/a/$1.pdf" "$work/page" &&
    [ "$(zbarimg --quiet --nodbus --raw -Sdisable -Sqrcode.enable "$work/page.pgm" 2>/dev/null)" = "$2" ]
}
url=https://vote.example.org/site/results.html
check "the A4 poster's code is the page" reads 8-en-a4 $url
check "the A3 poster's code is the page" reads 100-zh-a3 $url
check 'without a page there is no code' reads desk-zh-a4 ''

same() { "$1" "$work/b" 8-en && cmp "$work/a/8-en-a4.pdf" "$work/b/8-en-a4.pdf" && cmp "$work/a/8-en-a3.pdf" "$work/b/8-en-a3.pdf"; }
check 'the same results are the same bytes' same "$1"
plan
