#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The letters as they leave the printer: rendered, read back, compared with
# the list, household by household; then counted and destroyed.
# usage: paper.sh SOURCE_DIR BUILD_DIR [HOUSEHOLDS (60)]
. "$(dirname "$0")/../lib/tap.sh"

build=$2 households=${3:-60}
export LC_ALL=C.UTF-8 TZ=CST-8 YIHU_LOCALEDIR="$build/src/po" PATH="$build/tools:$PATH"
d=$work/e
need zbarimg pdftoppm pdftotext pdffonts qpdf iconv python3

# As a committee's spreadsheet saves it: GB18030, tabs, full-width digits,
# blanks behind, four buildings one after the other.
{
  printf '楼栋\t单元\t房号\t姓名\r\n'
  for ((i = 0; i < households; i++)); do
    printf '春江苑%d栋\t%d\t%d0%d　\t%s \r\n' $((i * 4 / households + 1)) $((i % 2 + 1)) $((i / 2 + 1)) $((i % 2 + 1)) "王小$((i % 7))"
  done
} | sed 's/0/０/2' | iconv -f UTF-8 -t GB18030 >"$work/list.csv"

{
  secret=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  yihu-issue init "$d" --election "$1/ballots/jishan-2025/election.pb" --households "$work/list.csv" \
    --url https://vote.example.org --opens '2037-06-01 08:00' --closes '2037-06-07 20:00' \
    --holders 1 --threshold 1 --nobody-may-miss --unencrypted --seen
  for _ in 1 2; do
    yihu-trustee ceremony "$d" --key "$work/key" --name 王芳 --seen --passphrase-fd 3 3<<<"$secret"$'\n'"$secret"
    yihu-issue charter "$d" --seen
  done
} >"$work/log" 2>&1
echo '<fontconfig><dir>/nowhere</dir></fontconfig>' >"$work/fonts.conf"
check 'no font is an error that names it' sh -c "! FONTCONFIG_FILE='$work/fonts.conf' yihu-issue letters '$d' --skip-rehearsal test 2>'$work/font' && grep -q 'Noto Sans CJK SC.*fonts-noto-cjk' '$work/font' && ! test -e '$d/letters' && ! test -e '$d/.letters-new'"
# Killed after any time, letters are complete with their register, or there are
# none; the next run ends it, and no serial ever has a second valid letter.
killed_anywhere() {
  local k register
  for k in 1 2 3 4 5 6; do
    rm -rf "$work/k" && cp -r "$d" "$work/k"
    # Waited for: timeout(1) dies of its own KILL before the program has gone.
    yihu-issue letters "$work/k" --skip-rehearsal test >"$work/killed" 2>&1 &
    sleep "0.$((RANDOM % 900 + 10))"
    kill -KILL $!
    wait $!
    register=none
    [ ! -e "$work/k/box/public/register" ] || register=$(sha256sum <"$work/k/box/public/register")
    [ "$register" = none ] || [ "$(ls "$work/k/letters/qr" | wc -l)" = $((2 * households)) ] || return 1
    yihu-issue letters "$work/k" --skip-rehearsal test >"$work/killed" 2>&1 || [ "$register" != none ] || return 1
    [ "$register" = none ] || [ "$(sha256sum <"$work/k/box/public/register")" = "$register" ] || return 1
    [ "$(ls "$work/k/letters/pdf" | wc -l)" = 4 ] && [ ! -e "$work/k/.letters-new" ] || return 1
  done
}
check 'killed after any time, all or nothing' killed_anywhere
check 'a sender of two lines is refused' sh -c "! yihu-issue letters '$d' --skip-rehearsal test --sender '居委
会' 2>'$work/said' && grep -q -- --sender '$work/said'"
# For a printer that prints on both sides: a sheet is two pages, its back is blank.
both_sides() {
  cp -r "$d" "$work/duplex" && yihu-issue letters "$work/duplex" --skip-rehearsal test --duplex && yihu-issue replace "$work/duplex" 2 --seen || return 1
  local pdf blank
  for pdf in "$work"/duplex/letters/pdf/*.pdf; do
    blank=$(pdftotext "$pdf" - | awk 'BEGIN { RS = "\f" } { gsub(/[ \n]/, ""); printf "%s", (length($0) > 0) ? "x" : "-" }')
    [[ $blank =~ ^(x-)+$ ]] && grep -aq /DuplexFlipLongEdge "$pdf" && ! grep -aq /Simplex "$pdf" || { echo "$pdf: $blank" && return 1; }
    pdftoppm -r 20 -gray -f 2 -l 2 -singlefile "$pdf" "$work/back" && ! tail -c +16 "$work/back.pgm" | LC_ALL=C tr -d '\377' | grep -q . || return 1
  done
  pdf=("$work"/duplex/letters/pdf/001*.pdf)
  [ "$(pdfinfo "${pdf[0]}" | sed -n 's/^Pages: *//p')" = $((2 + 4 * households / 4)) ] && pdftotext -l 1 "${pdf[0]}" - | grep -q 双面打印
}
check 'for a printer of two sides each back is blank' both_sides
rm -rf "$work/duplex"
check 'letters are made' yihu-issue letters "$d" --skip-rehearsal test --desk '社区活动室一楼' --sender 积善居委会 --phone 028-84840000 --place '积善路 1 号'
cp "$work/out" "$work/said"
check 'it says what to do with them' grep -q "shred-letters $d --printed" "$work/said"
again() { cp -r "$d/letters" "$work/before" && ! yihu-issue letters "$d" --skip-rehearsal test && diff -r "$work/before" "$d/letters" && rm -r "$work/before"; }
check 'a second run makes no second letter' again
pdfs=("$d"/letters/pdf/*.pdf)
check 'a file a building' [ "${#pdfs[@]}" = 4 ]
check 'the summary reconciles' grep -qx "名册住户：$households；信件：$households；相差：0" "$d/letters/summary.txt"

# "number scan household" of every letter, as listed; and as read from the pages.
awk -F, 'NR > 1 { gsub(/["\t]/, "", $1); gsub(/"/, "", $2); print $1, $(NF - 1), $2 }' "$d/letters/list.csv" >"$work/listed"
read_pages() { # DPI
  local pdf page i
  : >"$work/read" && : >"$work/order"
  for pdf in "${pdfs[@]}"; do
    rm -rf "$work/pages" && mkdir "$work/pages"
    pdftoppm -r "$1" -gray "$pdf" "$work/pages/p"
    i=0
    for page in "$work"/pages/*.pgm; do
      i=$((i + 1))
      ((i > 1)) || continue # the cover
      local code text number
      code=$(zbarimg --quiet --nodbus --raw -Sdisable -Sqrcode.enable "$page" 2>/dev/null)
      text=$(pdftotext -f $i -l $i -layout "$pdf" - 2>/dev/null)
      number=$(grep -oE '\b[0-9]{4,}$|\b[0-9]{4,} *$' <<<"$text" | head -n 1 | tr -d ' ')
      if ((i % 2 == 0)); then
        echo "$number $code $(grep -oE '春江苑[0-9]栋-[0-9]-[0-9]+' <<<"$text" | head -n 1)" >>"$work/read"
        grep -oE '春江苑[0-9]栋-[0-9]-[0-9]+' <<<"$text" | head -n 1 >>"$work/order"
        last="$number $code"
      else
        [ "$last" = "$number $code" ] || echo "slip of $last is another's"
        ! grep -E '春江苑|王小' <<<"$text" || echo "slip of $last bears a name"
      fi
    done
  done >"$work/wrong"
  cat "$work/wrong"
  [ ! -s "$work/wrong" ] && sort "$work/read" | diff - "$work/listed"
}
check "at 150 dpi each of $households codes is its household's, letter and slip" read_pages 150
check "at 300 dpi each of $households codes is its household's, letter and slip" read_pages 300
awk -F'\t' 'NR > 1 { print }' <(iconv -f GB18030 -t UTF-8 "$work/list.csv") | sed 's/０/0/g; s/\r//; s/　//g' | awk -F'\t' '{ print $1 "-" $2 "-" $3 }' >"$work/walk"
check 'the pages are in walking order' diff "$work/walk" "$work/order"
qpdf_all() { for pdf in "${pdfs[@]}"; do qpdf --check "$pdf" || return 1; done; }
check 'qpdf finds nothing' qpdf_all
catalog() {
  qpdf --json "$1" | python3 -c 'import json, sys
for o in json.load(sys.stdin)["qpdf"][1].values():
    if isinstance(o.get("value"), dict) and o["value"].get("/Type") == "/Catalog":
        print(json.dumps(o["value"]).replace(" ", "").replace("u:", ""))'
}
says() { # file, what its catalogue says
  local all word
  all=$(catalog "$1") && shift
  for word in "$@"; do case "$all" in *"$word"*) ;; *) echo "no $word: $all" && return 1 ;; esac done
}
one_sided() { for pdf in "${pdfs[@]}"; do says "$pdf" '"/Duplex":"/Simplex"' '"/PrintScaling":"/None"' '"/Lang":"zh-CN"' '"/DisplayDocTitle":true' || return 1; done; }
check 'letters ask to be printed one-sided and unscaled, and say their language' one_sided
check 'letters and their cover are tagged, all text of them' python3 "$1/tests/print/tags.py" "${pdfs[0]}"
check 'fonts are embedded, subset, with their characters' awk 'NR > 2 && !/yes yes yes/ { bad = 1; print } END { exit bad || NR < 4 }' <(pdffonts "${pdfs[0]}")
in_order() { # every argument stands behind the one before
  local text=$1 word
  shift
  for word in "$@"; do
    case "$text" in *"$word"*) text=${text#*"$word"} ;; *) echo "not in order: $word" && return 1 ;; esac
  done
}
check 'a cover is in front: how to print, which building, how many letters' in_order "$(pdftotext -l 1 "${pdfs[0]}" - | tr -d '\n ')" \
  单面打印 春江苑1栋 "后面有$((households / 4))封信，$((households / 2))张纸" 不是信
uncoded() { pdftoppm -r 100 -gray -singlefile "${pdfs[0]}" "$work/cover" && ! zbarimg --quiet --nodbus "$work/cover.pgm"; }
check 'the cover has no code' uncoded
check 'the letter reads in order' in_order "$(pdftotext -f 2 -l 2 "${pdfs[0]}" - | tr -d '\n ')" \
  成都市龙泉驿区积善社区 春江苑1栋 用手机投票 打开微信 在打开的网页上 核对后按 截止时间 没有手机 社区活动室一楼 输入 不要拍照，不要转发 表决短码 表决编号
check 'it ends with the sender, whom to call, and a place for the seal' in_order "$(pdftotext -raw -f 2 -l 2 "${pdfs[0]}" - | tr -d '\n ')" \
  请马上打电话028-84840000 积善居委会 积善路1号 （盖章）
# As it stands in the file: pdftotext otherwise takes rows of boxes for columns.
check 'the slip reads in order' in_order "$(pdftotext -raw -f 3 -l 3 "${pdfs[0]}" - | tr -d '\n ')" \
  选票 积善社区 每个项目 街道级枢纽平台项目 90,000元 社区级枢纽平台项目 协商议事项目 公益微创投项目
# The whole of each file, unpacked: names are glyphs on a page, never metadata.
nobody_named() {
  local pdf
  for pdf in "${pdfs[@]}" "$d"/paper/*.pdf; do
    ! { pdfinfo "$pdf" && pdfinfo -meta "$pdf" && pdfinfo -custom "$pdf"; } 2>/dev/null | grep -E '春江苑|王小' || return 1
    qpdf --qdf --object-streams=disable "$pdf" "$work/plain.pdf" || return 1
    ! LC_ALL=C grep -aqE '/(Author|Subject|Keywords)' "$work/plain.pdf" || return 1
  done
}
check 'all is for its owner alone' [ -z "$(find "$d/letters" -perm /077)" ]

check 'a letter is replaced on paper' yihu-issue replace "$d" 2 --seen
replaced=$(printf '%s/letters/pdf/%04u.pdf' "$d" $((households + 1)))
check 'the new letter says which one it replaces' in_order "$(pdftotext -l 1 "$replaced" - | tr -d '\n ')" 补发信件：替代0002号信件
check 'a household is added on paper' yihu-issue add "$d" 春江苑9栋-1-101 --reason 分户 --seen
added=$(printf '%s/letters/pdf/%04u.pdf' "$d" $((households + 2)))
check 'the new letter says that it was added' in_order "$(pdftotext -l 1 "$added" - | tr -d '\n ')" 名单外住户补发的信
check 'the walk list is made' yihu-issue walklist "$d"
check 'it has columns to sign and to tick' in_order "$(pdftotext -l 1 -layout "$d/paper/walklist.pdf" - | tr -d '\n ')" 送信签收单 住户 姓名 签收 不在家 拒收 已带回 本页 送达 带回
last=$(pdfinfo "$d/paper/walklist.pdf" | sed -n 's/^Pages: *//p')
check 'each building has its sum' [ "$(pdftotext "$d/paper/walklist.pdf" - | grep -cE '春江苑[1-4]栋合计：[0-9]+ 户')" = 4 ]
check 'the last page has the sum of all, who delivered and the sender' in_order "$(pdftotext -raw -f "$last" -l "$last" "$d/paper/walklist.pdf" - | tr -d '\n ')" \
  "全部合计：$((households + 1))户" '送信人（签名）' 日期 积善居委会 积善路1号 028-84840000 （盖章）
check 'it has no letter numbers' sh -c "! pdftotext '$d/paper/walklist.pdf' - | grep -qE '\b00[0-9][0-9]\b'"
check 'it has every household, the added one last' diff <(cat "$work/walk" && echo 春江苑9栋-1-101) \
  <(pdftotext -layout "$d/paper/walklist.pdf" - | grep -oE '^ *春江苑[0-9]栋-[0-9]-[0-9]+' | tr -d ' ')
check 'the poster is made' yihu-issue poster "$d"
short=$(sed -n 2p "$d/letters/list.csv" | awk -F, '{ print $(NF - 4) }')
eid=$(sed -n 2p "$d/letters/list.csv" | awk -F, '{ print $(NF - 3) }')
poster_reads() {
  pdftoppm -r 150 -gray -singlefile "$d/paper/poster-$1.pdf" "$work/poster"
  zbarimg --quiet --nodbus --raw -Sdisable -Sqrcode.enable "$work/poster.pgm" | sort | diff - <(printf '%s\nhttps://vote.example.org\n' "$eid" | sort) &&
    pdftotext "$d/paper/poster-$1.pdf" "$work/poster" && grep -q "$short" "$work/poster" && grep -q 王芳 "$work/poster"
}
check 'the A4 poster has id, page and key holder' poster_reads a4
check 'the poster repeats the sender of the letters' in_order "$(pdftotext "$d/paper/poster-a4.pdf" - | tr -d '\n ')" 积善居委会 （盖章）
check 'the A3 poster has id, page and key holder' poster_reads a3
check 'the poster says its language, and may be printed in any size' says "$d/paper/poster-a4.pdf" '"/Lang":"zh-CN"' '"/DisplayDocTitle":true'
check 'and does not ask for one side' sh -c "! grep -aq Simplex '$d/paper/poster-a4.pdf'"
check 'walk list and posters are tagged' python3 "$1/tests/print/tags.py" "$d"/paper/{walklist,poster-a4}.pdf
check 'metadata names nobody' nobody_named
twice() { cp "$d"/paper/*.pdf "$work/" && yihu-issue poster "$d" && yihu-issue walklist "$d" && for pdf in "$d"/paper/*.pdf; do cmp "$pdf" "$work/${pdf##*/}" || return 1; done; }
check 'made again, posters and walk list are the same bytes' twice

all=$((households + 2))
check 'numbers that close are said to' yihu-issue reconcile "$d" --delivered $((all - 3)) --returned 2 --void 1
check 'numbers that do not close fail' sh -c "! yihu-issue reconcile '$d' --delivered 1 --returned 2 --void 3"
check 'both are on record' [ "$(grep -c "reconcile printed $all" "$d/paper/record")" = 2 ]
awk -F, 'NR > 1 { print $(NF - 2); print substr($(NF - 1), index($(NF - 1), "#") + 1) }' "$d/letters/list.csv" "$d/letters/changed.csv" | grep -v '^typed$\|^scan$' | sort -u >"$work/needles"
check 'the search for seeds finds them before' grep -rqFf "$work/needles" "$d"
check 'nothing is destroyed on a wrong count' sh -c "! yihu-issue shred-letters '$d' --printed $((all - 1)) && test -e '$d/letters/list.csv'"
check 'all is destroyed on the right one' yihu-issue shred-letters "$d" --printed $all
check 'no code and no typed code is left in the folder' sh -c "test $(wc -l <"$work/needles") -ge $((2 * all)) && ! grep -rqFf '$work/needles' '$d' && ! test -e '$d/letters'"
plan
