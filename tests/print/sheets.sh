#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Letters, slips and posters of 1 to 100 projects, of every kind of ballot, in
# both languages: nothing is left out, and marks are where they belong.
# usage: sheets.sh SHEETS [all]: all are made twice, and not some alone
. "$(dirname "$0")/../lib/tap.sh"
export LC_ALL=C.UTF-8 TZ=CST-8
need pdftoppm pdftotext pdfinfo qpdf python3

mkdir "$work/a" "$work/b"
check 'sheets of 1 to 100 projects are made' "$1" "$work/a"
[ -e "$work/a/scoring-100-long-en-a3.pdf" ] || { echo 'Bail out! no sheets' && exit 1; }
again=()
[ "${2-}" = all ] || again=(consent-8-en cumulative-30-en consent-30-long-zh)
check 'some of them once more' "$1" "$work/b" "${again[@]}"
same_bytes() {
  local pdf
  for pdf in "$work"/b/*.pdf; do cmp "$pdf" "$work/a/${pdf##*/}" || return 1; done
}
check 'the same elections are the same bytes' same_bytes
qpdf_all() { for pdf in "$work"/a/*.pdf; do qpdf --check "$pdf" || return 1; done; }
check 'qpdf finds nothing' qpdf_all
check 'all text is in elements, headings too, and each code has its words' \
  python3 "$(dirname "$0")/tags.py" "$work"/a/{consent-8-full-zh,approval-100-en,knapsack-2-full-en,ordinal-8-zh}-*.pdf
ink() { python3 "$(dirname "$0")/ink.py" "$work"/a/{approval-1,consent-8,ordinal-8,consent-30-long}-zh-*.pdf; }
check 'each character is to be seen' ink

pages() { pdfinfo "$work/a/$1.pdf" | sed -n 's/^Pages: *//p'; }
text() { pdftotext -layout ${2:+-f "$2" -l "$2"} "$work/a/$1.pdf" - | tr -d '\n\f '; }
has() { # file, words
  local all word
  all=$(text "$1") && shift
  for word in "$@"; do case "$all" in *"$word"*) ;; *) echo "not there: $word" && return 1 ;; esac done
}
# Every project's name, cost and description stand on the paper, in order.
all_there() { # file, how many, the two formats: name; what follows it
  local all i want
  all=$(text "$1")
  for ((i = 1; i <= $2; i++)); do
    # shellcheck disable=SC2059 # the formats are arguments
    for want in "$(printf "$3" $i)" "$(printf "${4-%d}" $((1000 + i)) | sed 's/^1/1,/')"; do
      case "$all" in *"$want"*) all=${all#*"$want"} ;; *) echo "not there, or not in order: $want" && return 1 ;; esac
    done
  done
}
# What it is read as, in order: the elements of one page after the other.
elements() { pdfinfo -struct-text "$work/a/$1.pdf" | tr -d ' \n"'; }
read_as() { # file, and what follows what
  local all word
  all=$(elements "$1") && shift
  for word in "$@"; do
    case "$all" in *"$word"*) all=${all#*"$word"} ;; *) echo "not in order: $word" && return 1 ;; esac
  done
}
check 'a letter is read from whose it is to how to vote, then its slip' read_as consent-8-full-zh-letter \
  Document Sect H1 小区项目表决 信件编号 0017 1-101 H2 怎样算通过 H2 用手机投票 Figure LI Lbl 1 LBody 扫一扫 H2 没有手机 \
  Sect H1 选票 信件编号 0017 Figure LI Lbl 1 LBody 甲1乙 1,001元 LI Lbl 8 LBody 甲8乙
check 'a poster from what to whom to ask' read_as consent-8-zh-a4 H1 小区项目表决 H2 表决什么 LI Lbl 1 LBody 甲1乙 1,001元 H2 什么时候 Figure Figure
zones() {
  local paper
  for paper in letter a4 a3 cancelled; do has consent-8-full-zh-$paper 北京时间 && has consent-8-full-en-$paper Beijingtime || return 1; done
}
check 'each paper with times names their zone' zones
alts() { qpdf --json "$work/a/$1.pdf" | sed -n 's|^ *"/Alt": "u:\(.*\)",*$|\1|p' | tr '\n' ';'; }
check "its figures have their own words" [ "$(alts consent-8-zh-a4)" = '二维码：表决网页;二维码：表决编号;' ]
for row in approval:1:zh consent:8:zh scoring:30:zh ordinal:8:zh approval:100:zh; do
  IFS=: read -r kind count language <<<"$row"
  check "$count projects by $kind are on the slip" all_there "$kind-$count-$language-letter" "$count" '甲%d乙' '%d元说明文字'
done
for row in consent:8:en cumulative:30:en approval:100:en; do
  IFS=: read -r kind count language <<<"$row"
  check "$count projects by $kind are on the slip, in English" all_there "$kind-$count-$language-letter" "$count" 'name%dend' '%dyuanabout'
done
check 'long names are on the slip too' all_there consent-30-long-zh-letter 30 '甲%d乙' '%d元'
check 'a hundred of them too' all_there scoring-100-long-en-letter 100 'name%dend' '%dyuan'
whole() { [ "$(text scoring-100-long-en-letter | grep -o keptupfortwoyears | wc -l)" = 33 ]; }
check 'and whole' whole
names_there() { # file, how many, format
  local all i
  all=$(text "$1")
  for ((i = 1; i <= $2; i++)); do
    # shellcheck disable=SC2059
    case "$all" in *"$(printf "$3" $i)"*) ;; *) echo "not there: $i" && return 1 ;; esac
  done
}
for size in a4 a3; do
  check "a project is on the $size poster" names_there approval-1-zh-$size 1 '甲%d乙'
  check "8 projects are on the $size poster" names_there consent-8-en-$size 8 'name%dend'
  check "30 are on the $size poster" names_there scoring-30-zh-$size 30 '甲%d乙'
  check "100 are on the $size poster" names_there approval-100-zh-$size 100 '甲%d乙'
  check "100 are on the $size poster, in English" names_there approval-100-en-$size 100 'name%dend'
  check "100 with long names are on the $size poster" names_there scoring-100-long-en-$size 100 'name%dend'
done
check 'the poster says who must come, and from how many votes on it is opened' has consent-8-zh-a4 封箱要3位到场（共4位） 开箱要2位 最多可以缺1位 至少要有10户投票才会开箱
check 'in English, too' has consent-8-en-a3 3ofthese4mustcome Atmost1maybemissing onlyifatleast10householdsvote
check 'and so does the letter' has consent-8-zh-letter 至少要有10户投票才会开箱
for paper in letter a4 a3; do
  check "the $paper tells how a project passes" has consent-8-full-zh-$paper 怎样算通过 每户对每个项目表态 同意要多于反对 超过半数参加户数 弃权：算参加，不算同意 一共有500,000元 抽签 超过半数全体户数 至少要有10户投票才会开箱
  check "the $paper tells how many may be chosen, and what they may cost" has knapsack-8-full-zh-$paper 最多选3个项目 不超过300,000元
done
slip_tells() { case "$(text consent-8-full-en-letter 2)" in *Eachprojectbyitself*itdoesnotcountasagreeing*500,000yuan*alotdecides*10householdsvote*) ;; *) return 1 ;; esac }
check 'and the slip tells it too' slip_tells
# The type of a word in points, by one of known size in the same font.
points() { # file, how the word begins, how the other does and its points
  pdftotext -f 2 -l 2 -bbox "$work/a/$1.pdf" - | tr '"' ' ' | awk -v word="$2" -v known="$3" -v points="$4" '
    /<word/ && !top && $0 ~ ">" known { top = $9 - $5 }
    /<word/ && !h && $0 ~ ">" word { h = $9 - $5 }
    END { printf "%.1f\n", points * h / top }'
}
check 'where there is room a name is of 16 points' [ "$(points knapsack-2-zh-letter 甲1乙 选票 26)" = 16.0 ]
check 'and price and place of 14' [ "$(points knapsack-2-zh-letter 1,001 不写姓名 12)" = 14.0 ]
check 'where there is none it is smaller' [ "$(points approval-100-zh-letter 甲1乙 选票 26)" = 13.0 ]
for kind in consent knapsack; do
  check "the slip by $kind has places, and descriptions to the last word" has $kind-8-full-zh-letter 地点：东门步道旁 末句 空着的一行
done
no_cut() { case "$(text consent-8-full-zh-letter)" in *…*) return 1 ;; esac }
check 'and nothing is cut off' no_cut
check 'it says what an empty row means, and how to mark' has knapsack-2-full-en-letter Puta✓inthebox Anemptyrowmeans laststop
for paper in letter a4 a3 cancelled withdrawn; do
  check "the sender is on the $paper, with a place for seal and date" has consent-8-full-zh-$paper 示例小区业主委员会 地址：示例路1号社区活动室二楼 电话：028-84840000 （盖章）
done
no_sender() {
  local paper
  for paper in letter a4 a3 cancelled withdrawn; do
    has consent-8-zh-$paper （盖章） || return 1
    case "$(text consent-8-zh-$paper)" in *电话：* | *地址：* | *null*) return 1 ;; esac
  done
}
check 'nothing else is there where no sender was given' no_sender
check 'a withdrawn project is named with its number, and why' has consent-8-full-zh-withdrawn 撤下公告 已撤下1号项目 施工方报价有误 不再另投一次
check 'who lost the letter knows whom to call' has consent-8-full-en-letter 'Letterlost?Call+862884840000'
# Ink of the lowest text, in mm from the top: nothing may run off the sheet.
lowest() { # file, page
  pdftotext -f "$2" -l "$2" -bbox "$work/a/$1.pdf" - | tr '"' ' ' | awk '/<word/ && $9 > y { y = $9 } END { printf "%d\n", y * 25.4 / 72 }'
}
low_enough() {
  local file
  for file in {consent,knapsack}-*-full-{zh,en}-{letter,a4,cancelled,withdrawn}; do
    [ ! -e "$work/a/$file.pdf" ] || [ "$(lowest "$file" 1)" -le 293 ] || { echo "$file: $(lowest "$file" 1) mm" && return 1; }
  done
}
check 'with a long sender too, all is on the sheet' low_enough
# Half as wide as a Chinese character, or less.
narrow() { pdftotext -f 2 -l 2 -bbox "$work/a/knapsack-2-full-en-letter.pdf" - | tr '"' ' ' | awk '/>“anti-slip”</ { w = $7 - $3; h = $9 - $5 } END { exit !(w > 0 && w < 4.4 * h) }'; }
check 'English quotes are narrow' narrow
check 'long names are whole on the poster' has consent-8-full-en-a4 name1end name8end keptupfortwoyears
check 'a poster of 8 is one sheet' [ "$(pages consent-8-zh-a4)" = 1 ]
last=$(pages approval-100-zh-a4)
check 'a poster of 100 is more, and they say which one they are' has approval-100-zh-a4 "第1张，共$last张" 下一张还有项目 "第$last张，共$last张"
check 'and 100 on a slip are at most six sheets behind the letter' [ "$(pages approval-100-zh-letter)" -le 7 ]
check 'a slip that is one sheet says so' has consent-8-zh-letter 第1张，共1张
each_sheet() { # the number, and nothing of the address, on each slip sheet
  local i all
  for ((i = 2; i <= $(pages "$1"); i++)); do
    all=$(text "$1" $i)
    case "$all" in *0017*) ;; *) echo "no number on sheet $i" && return 1 ;; esac
    case "$all" in *王芳* | *1-101*) echo "a name on sheet $i" && return 1 ;; esac
  done
}
check 'each sheet of a slip has the number and no name' each_sheet approval-100-zh-letter
check 'consent has three boxes a row' has consent-8-zh-letter 同意反对弃权
check 'points say how many' has scoring-30-zh-letter 写0到5的整数
check 'sharing out says how many in all' has cumulative-30-en-letter 10atmostinall,5atmostforoneproject
check 'putting in order says how, and how many' has ordinal-8-zh-letter 最支持的写1，其次写2 最多填写3个项目 名次
check 'a limit is said' has approval-100-zh-letter 最多10个
check 'the stub says what it is for' has consent-8-zh-letter 沿虚线撕下 选票码（由投票台填写）

# marks FILE PAGE: ink in the folds' margins at a third and two thirds of the
# height and nowhere else; with "tear", a dashed line right across at 262.5 mm.
cat >"$work/marks.py" <<'PY'
import sys
dpi = 200
def mm(v): return round(v * dpi / 25.4)
data = open(sys.argv[1], 'rb').read()
_, size, _, px = data.split(b'\n', 3)
w, h = map(int, size.split())
dark = lambda x, y: px[y * w + x] < 128
left = [y for y in range(h) if sum(dark(x, y) for x in range(mm(4.5), mm(8.5))) > mm(4) * 0.9]
right = [y for y in range(h) if sum(dark(w - 1 - x, y) for x in range(mm(4.5), mm(8.5))) > mm(4) * 0.9]
near = lambda rows, v: any(abs(y - mm(v)) <= 2 for y in rows)
assert near(left, 99) and near(left, 198) and near(right, 99) and near(right, 198), 'no fold marks'
other = [y for y in left + right if not any(abs(y - mm(v)) <= 2 for v in (99, 198, 262.5))]
assert not other, f'ink in the margin: {other}'
share = max(sum(dark(x, y) for x in range(w)) / w for y in range(mm(262.5) - 2, mm(262.5) + 3))
assert (0.4 < share < 0.6) == (sys.argv[2] == 'tear'), f'tear line: {share}'
PY
marks() { # file, page, tear or none
  pdftoppm -r 200 -gray -f "$2" -l "$2" -singlefile "$work/a/$1.pdf" "$work/page" && python3 "$work/marks.py" "$work/page.pgm" "$3"
}
check 'the letter has fold marks and no tear line' marks consent-8-zh-letter 1 none
check 'the slip has both' marks consent-8-zh-letter 2 tear
check 'its further sheets have fold marks alone' marks approval-100-zh-letter 3 none
plan
