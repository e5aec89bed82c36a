#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An election from two tables as a committee has them: what init asks of both, what
# it refuses of the words about the vote, and the letters that come of it.
. "$(dirname "$0")/lib.sh"
data=$here/../data/lists
cp "$data/projects.xlsx" "$data/projects.csv" "$data/households.xlsx" "$data/households.csv" .
printf 'name,cost\nlamps,100\nbenches,200\n' >p.csv
printf 'household\nA 1\nA 2\nA 3\nB 1\n' >h.csv

# tables DIR OPTION …: init from two small tables; later options win.
tables() {
  local dir=$1
  shift
  issue init "$dir" --projects p.csv --households h.csv --opens 2026-06-01T00:00:00Z \
    --closes 2026-06-02T00:00:00Z --holders 3 --threshold 2 --nobody-may-miss --unencrypted "$@"
}
words=(--title 'A vote' --community 'Estate' --country China --budget 250)

# answer: to each question of a.csv the first choice; what was withdrawn stays out.
answer() {
  python3 - <<'PY'
import csv
rows = list(csv.reader(open("a.csv", encoding="utf-8-sig")))
for row in rows[1:]:
    row[-1] = "B" if "撤回" in row[2] else "A"
csv.writer(open("a.csv", "w", encoding="utf-8-sig")).writerows(rows)
PY
}

# ---- the words about the vote
says 2 'needs also: --title TEXT, --community NAME, --budget SUM, one of --choose-up-to N' tables d
says 2 'needs also: --winners HOW' tables d "${words[@]}" --choose-any
says 2 'go with --projects FILE' init d --election p.csv --budget 300
says 2 'give --projects or --election' tables d --election p.csv "${words[@]}"
says 2 'marks in one way' tables d "${words[@]}" --choose-any --rank-up-to 2 --winners most-votes
says 2 'it goes with --agree-or-against' tables d "${words[@]}" --choose-any --winners more-for-than-against
says 2 '--budget “much” is not one amount' tables d "${words[@]}" --budget much --choose-any --winners most-votes
says 1 'give --country' tables d --title t --community c --budget 250 --choose-any --winners most-votes
says 1 'no file that was read has a sheet of this name' \
  tables d "${words[@]}" --choose-any --winners most-votes --sheet 项目表
says 1 'no.xlsx' tables d "${words[@]}" --choose-any --winners most-votes --projects no.xlsx
says 1 'no row names the columns' tables d "${words[@]}" --choose-any --winners most-votes --projects h.csv
printf 'name,cost\nlamps,100\nbenches,900\n' >dear.csv
says 1 'more than the whole budget, 250.00' \
  tables d "${words[@]}" --choose-any --winners most-votes --projects dear.csv
holds 'nothing was made' test ! -e d

# ---- the committee's own tables, with one sheet of answers for both
own=(--title 锦绣花园公共收益表决 --community 锦绣花园 --budget 30万 --choose-up-to 3
  --winners most-votes --answers a.csv)
both() { tables e --projects "$1" --households "$2" "${own[@]}"; }
says 1 '10 places are open' both projects.xlsx households.xlsx
holds 'both tables ask in one sheet' sh -c "grep -q '约20万' a.csv && grep -q '空置' a.csv"
says 1 '10 places are open' both projects.xlsx households.xlsx
answer
says 0 'all of them together                                  727,300.50' both projects.xlsx households.xlsx
holds 'the election file has what the table says' \
  grep -q '^2;86000;中庭儿童游乐设施更新（滑梯、沙池、软垫）;更换老化的滑梯，新做软质地面;李秀英等12户$' e/election.pb
holds 'and the vote in its own keys' sh -c \
  "grep -q '^budget;300000$' e/election.pb && grep -q '^max_length;3$' e/election.pb && grep -q '^rule;greedy$' e/election.pb"
mv e first && rm a.csv
says 1 '10 places are open' both projects.csv households.csv
answer
says 0 '75 households' both projects.csv households.csv
holds 'a spreadsheet and its CSV are one election' cmp first/election.pb e/election.pb

# ---- to the letters and the audit
ceremony() {
  trustee ceremony e $(keys) --name a --name b --name c --unencrypted && issue charter e &&
    trustee ceremony e $(keys) && issue charter e
}
holds 'ceremony' ceremony
holds 'letters' issue letters e --skip-rehearsal test
holds 'a letter and a slip for each household' test -s e/letters/pdf/001-1栋.pdf
holds 'the audit takes the election file as any other' sh -c \
  "\"$YIHU_AUDIT\" e/box/public --eid \$(grep -o '[0-9a-f]\{64\}' e/letters/list.csv | head -n 1)"

# ---- the templates, as LibreOffice filled them in (tests/lists/libreoffice)
holds 'the templates are what their program makes' "$here/../../ballots/templates/make.py" --check
for name in 项目表 住户名单; do cp "$here/../../ballots/templates/$name.xlsx" .; done
says 1 'the table has no project' both 项目表.xlsx households.xlsx
for form in xlsx ods csv; do
  rm -rf e a.csv
  both "$data/filled/projects.$form" "$data/filled/households.$form" >asked 2>&1
  answer
  says 0 '5 households' both "$data/filled/projects.$form" "$data/filled/households.$form"
  mv e "filled-$form"
done
holds 'what was typed is what is voted on' diff - <(sed '1,/^PROJECTS$/d' filled-xlsx/election.pb) <<'PB'
project_id;cost;name;name_en;description;description_en;place;proposer;category;target;contact;link
1;128000;更换单元门禁;New entrance doors;6 个单元，含可视对讲;Six entrances, with video;全小区;物业;安全;全体住户;;
2;86000;儿童游乐设施;;滑梯、沙池、软垫;;中庭;李秀英等12户;儿童;有孩子的家庭;王芳;https://example.org/play
3;36800;楼道照明改LED;;共144盏；“声控”;;;张桂兰;安全;;;
4;200000;1栋屋面防水;;;;1栋;;维修;;;
VOTES
voter_id;vote
PB
holds 'and who votes' diff - <(tail -n +2 filled-xlsx/households.csv | tr -d '\r"') <<'CSV'
1栋-1单元-0101,1栋,王芳
1栋-1单元-0102,1栋,李强
2栋-1-2,2栋,
2栋-3,2栋,欧阳娜娜
商铺区-5,商铺区,
CSV
for form in ods csv; do
  holds "the same as .$form" sh -c \
    "cmp filled-xlsx/election.pb filled-$form/election.pb && cmp filled-xlsx/households.csv filled-$form/households.csv"
done

# ---- asked on a terminal
python3 - "$YIHU_PROGRAMS/yihu-issue" >asked <<'PY'
import os, pty, sys
answers = [b"A vote", b"Estate", b"7", b"1", b"2", b"1", b"much", b"250"]
command = [sys.argv[1], "init", "t", "--projects", "p.csv", "--households", "h.csv", "--country", "China",
           "--opens", "2026-06-01T00:00:00Z", "--closes", "2026-06-02T00:00:00Z", "--unencrypted"]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(command[0], command)
said = b""
while True:
    try:
        got = os.read(terminal, 4096)
    except OSError:
        break
    if not got:
        break
    said += got
    asks = got.rstrip(b" ").endswith((b"?", b":")) or b"(yes/no)" in got
    if asks and answers:
        os.write(terminal, answers.pop(0) + b"\n")
    elif asks:
        os.write(terminal, b"yes\n" if b"(yes/no)" in got else b"\n")
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
holds 'what is missing is asked on a terminal, until it is one' test -s t/election.pb
holds 'the answers are in the election file' sh -c \
  "grep -q '^description;A vote$' t/election.pb && grep -q '^max_length;2$' t/election.pb && grep -q '^budget;250$' t/election.pb"
plan
