#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Results posters as they leave the printer: rendered, and read back.
# usage: posters.sh POSTERS
. "$(dirname "$0")/../lib/tap.sh"
export LC_ALL=C.UTF-8 TZ=CST-8
need zbarimg pdftoppm pdftotext pdffonts pdfinfo qpdf python3

names=(1-zh 8-en 8-long-zh 8-forty-zh 8-forty-en 8-all-zh 8-all-en 8-none-zh 30-en 100-zh shut-zh consent-zh desk-zh answer-zh)
mkdir "$work/a" "$work/b"
check 'posters of 1 to 100 projects are made' "$1" "$work/a" "${names[@]}"
pages() { pdfinfo "$work/a/$1.pdf" | sed -n 's/^Pages: *//p'; }
text() { pdftotext -raw "$work/a/$1.pdf" - | tr -d '\n\f '; }
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
check 'all text is in elements, headings too, and each figure has its words' \
  python3 "$(dirname "$0")/tags.py" "$work"/a/{1-zh,8-forty-en,30-en,shut-zh,consent-zh,desk-zh}-a4.pdf
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

every_row() { # poster, how many, before a row's number, behind it
  local i all
  all=$(pdftotext -raw "$work/a/$1.pdf" -)
  for ((i = 1; i <= $2; i++)); do
    grep -qE "$3 ?$i$4( |$)" <<<"$all" || { echo "project $i is missing" && return 1; }
  done
}
check 'all of 100 projects are there' every_row 100-zh-a4 100 第 号
check 'and on A3' every_row 100-zh-a3 100 第 号
check 'all of 30 projects are there, in English' every_row 30-en-a4 30 'no\.' ''
last=$(pages 100-zh-a4)
check 'each sheet says which one it is' has 100-zh-a4 "第1张，共$last张" "第$last张，共$last张"
check 'one sheet is not numbered' sh -c "! pdftotext '$work/a/1-zh-a4.pdf' - | grep -q '第 1 张'"

check 'it reads in order: who won, figures, projects, the election, who signed' in_order 1-zh-a4 \
  积善社区投票结果公示 积善社区2025年保障资金项目 1个项目入选： 1口袋公园长椅第1号12,500元 预算用到这里：共500,000元，用去376,250元，余123,750元 \
  有投票权的300户，已投262户 给名单外住户补发了2封信；另外补发5封，作废1封 名单外住户 名单漏登1户、其他原因1户 达到：要求参与户数至少2/3 有效票260张，废票2张 \
  居委会没有登记异议 2025-06-0108:00至2025-06-0208:00（北京时间） 按票数从多到少 \
  1口袋公园长椅第1号12,500元 231票 入选 040G-2081-040G-2081-040G-2081 \
  结果由经办人和密钥保管人签名：王芳、李强、张敏 公示单位（盖章）
for poster in 8-{forty,all}-{zh,en}; do
  check "8 projects with names of 40 characters are on one sheet: $poster" [ "$(pages $poster-a4)$(pages $poster-a3)" = 11 ]
done
check 'the winners are a list, in order, with what they cost' in_order 8-all-zh-a4 8个项目入选，依次是： \
  1一至六号楼楼道 36,800元 2中心花园东侧 37,550.50元 8北门至社区卫生服务站 73,574.50元 预算用到这里 各个项目 1一至六号楼楼道
check 'where nobody wins, the closest is named' in_order 8-none-zh-a4 没有项目入选 最接近的是“一至六号楼楼道 各个项目
# bar FILE: the winners' parts as they are printed, from their share of 500,000.
cat >"$work/bar.py" <<'PY'
import sys
data = open(sys.argv[1], 'rb').read()
_, size, _, px = data.split(b'\n', 3)
w, h = map(int, size.split())
mm = w / 210
left, right = 22 * mm, 188 * mm
top = next(y for y in range(h) if all(225 < v < 232 for v in px[y * w + round(right - 9 * mm):y * w + round(right - mm)]))
top += round(1.2 * mm) # below the edge, above the numbers
row = px[top * w:(top + 1) * w]
shade = [v < 90 for v in row[round(left):round(right)]]
ends = [i / len(shade) for i in range(1, len(shade)) if shade[i - 1] and not shade[i]]
want, total = [], 0
for i in range(8):
    total += 3680000 + i * i * 75050
    want.append(total / 50000000)
assert len(ends) == 8 and all(abs(a - b) < 0.006 for a, b in zip(ends, want)), (ends, want)
PY
bar() { pdftoppm -r 200 -gray -f 1 -l 1 -singlefile "$work/a/8-all-zh-a4.pdf" "$work/bar" && python3 "$work/bar.py" "$work/bar.pgm"; }
check "the bar is cut into the winners, as wide as they cost, and ends where the money did" bar
check 'a lost project says why, and the lot is named' has 8-en-a4 'Only4,123yuanwasleftatitsturn' 'thelotputitfirst'
check 'names that fill the sheet leave the count in their place' has 100-zh-a4 34个项目入选：下表中打
check 'a box that stayed shut says so first' in_order shut-zh-a4 票箱没有打开，没有项目入选 有投票权的300户 共500,000元 口袋公园长椅第1号 票箱没有打开
check 'complaints are counted beside the result, and answered' in_order consent-zh-a4 收到4件，已公开答复3件 \
  对异议的答复 1.0231号住户反映 2.Thedeskwasclosed 3.0017号信件
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
