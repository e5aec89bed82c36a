#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Before a folder is made: what init says as JSON of tables and options, in whatever order
# they come, and another election that begins like an earlier one.
. "$(dirname "$0")/lib.sh"
data=$here/../data/lists
printf 'name,cost,description\nlamps,100,"new, bright"\nbenches,200,\n' >p.csv
printf 'building,room,name\nA,1,Ann\nA,2,Bo\nA,2-Jan,Cy\nB,1,\n' >h.csv
words=(--title 'A vote' --community Estate --country China --budget 250 --choose-up-to 1 --winners most-votes)
times=(--opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z)

# json OPTION …: what init says, into j.json.
json() { issue init new --json "$@" >j.json; }
# is EXPRESSION: of what was said last, j.
is() { python3 -c "import json, sys; j = json.load(open('j.json')); sys.exit(not ($1))"; }
# is_said EXPRESSION OPTION …
is_said() { json "${@:2}" && is "$1"; }

holds 'without anything it says what is missing' is_said \
  "j['missing'] == ['projects', 'households', 'opens', 'closes'] and j['whole'] is None and j['projects'] is None"
holds 'and which ways to hold keys there are' is "{'n': 4, 't': 2, 'q': 3, 'missing': 1} in j['holder_choices']"
holds 'of projects without words, which words' is_said \
  "j['missing'] == ['title', 'community', 'marks', 'budget', 'winners', 'households', 'opens', 'closes']" --projects p.csv
holds 'amounts as they are read, beside their rows' is \
  "j['projects']['amounts'] == [{'row': 2, 'amount': '100.00'}, {'row': 3, 'amount': '200.00'}] and j['projects']['sum'] == '300.00'"
holds 'a rule has an example once it is known' is_said \
  "len(j['vote']['rule']['example']['projects']) == 2 and j['vote']['rule']['example']['projects'][0]['wins']" \
  --projects p.csv --budget 250 --choose-up-to 1 --winners most-votes --country China
holds 'what is uncertain is asked, with its cell' is_said \
  "[(q['cell'], q['answer'], len(q['choices'])) for q in j['households']['asks']] == [('B4', None, 2)] and j['households']['open'] == 1" \
  --households h.csv
holds 'columns are told with what is below them' is \
  "[(c['column'], c['heading'], c['is']) for c in j['households']['columns']] == [('A', 'building', 'building'), ('B', 'room', 'room'), ('C', 'name', 'name')]"
holds 'a column that is said is taken so' is_said \
  "j['households']['households'] == 0 and j['households']['columns'][2]['is'] is None" --households h.csv --columns C=-
says 1 'no column holds “roof”' issue init new --projects p.csv --households h.csv "${words[@]}" "${times[@]}" --columns B=roof
holds 'a file that is not there is told with its list' is_said "'no.csv' in j['households']['error']" --households no.csv
says 2 '--proof goes with --json' issue init new --projects p.csv --households h.csv "${words[@]}" "${times[@]}" --proof p.pdf

# ---- mended, checked, made
all=(--projects p.csv --households h.csv "${words[@]}" "${times[@]}" --holders 4 --threshold 2 --answers a.csv)
says 1 '1 place is open' issue init new "${all[@]}" --unencrypted
python3 - <<'PY'
import csv
rows = list(csv.reader(open("a.csv", encoding="utf-8-sig")))
rows[1][-2] = "12"
csv.writer(open("a.csv", "w", encoding="utf-8-sig")).writerows(rows)
PY
holds 'a cell that was answered is read so' is_said \
  "j['households']['households'] == 4 and j['households']['mended'][0]['text'] == '12' and j['households']['open'] == 0" "${all[@]}"
holds 'buildings are counted' is \
  "j['households']['buildings'] == [{'building': 'A', 'households': 3}, {'building': 'B', 'households': 1}]"
holds 'with all of it, what will be fixed' is "j['missing'] == [] and len(j['whole']['lines']) > 5 and not j['whole'].get('refused')"
holds 'the proof sheet before anything is made' sh -c \
  "! test -e new && \"$YIHU_PROGRAMS/yihu-issue\" init new --json --proof p.pdf --answers a.csv --projects p.csv --households h.csv \
  --title t --community c --country China --budget 250 --choose-up-to 1 --winners most-votes --opens 2026-06-01T00:00:00Z \
  --closes 2026-06-02T00:00:00Z >/dev/null && head -c 5 p.pdf | grep -q %PDF && ! test -e new"
holds 'what init would refuse is said' is_said "'past' in j['whole']['refused']" "${all[@]}" --closes 2026-05-02T00:00:00Z --opens 2026-05-01T00:00:00Z
two_lines() { issue init new "${all[@]}" --unencrypted --phone $'1\n2'; }
says 1 '--phone is one line' two_lines
says 0 'is read as it was answered: “12”' issue init new "${all[@]}" --unencrypted --sender 'The board' --phone 123
holds 'who sends the letters is kept for them' grep -qx 'phone 123' new/paper/options

# ---- another one like it
says 0 "--title 'A vote'" issue like new --projects p2.csv --households h2.csv
holds 'its households' diff - <(tr -d '\r"' <h2.csv | tail -n +2) <<'CSV'
A-1,A,Ann
A-2,A,Bo
A-12,A,Cy
B-1,B,
CSV
says 1 'p2.csv' issue like new --projects p2.csv
again() {
  python3 - <<'PY' >options
import json, subprocess, os, shlex
said = subprocess.run([os.environ["YIHU_PROGRAMS"] + "/yihu-issue", "like", "new", "--json"], capture_output=True, text=True).stdout
for name, value in json.loads(said)["options"].items():
    print(f"--{name}" if value is True else f"--{name}\n{value}")
PY
  mapfile -t options <options
  issue init two --projects p2.csv --households h2.csv "${options[@]}" "${times[@]}" --unencrypted
}
says 0 '4 households' again
holds "the same is voted on" bash -c "diff <(sed 1,/^PROJECTS/d new/election.pb) <(sed 1,/^PROJECTS/d two/election.pb)"
holds 'by the same rule, and for the same senders' sh -c \
  "grep -qx 'max_length;1' two/election.pb && grep -qx 'budget;250' two/election.pb && grep -qx 'sender The board' two/paper/options"
says 1 'no election here' issue like nowhere
plan
