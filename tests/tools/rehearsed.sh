#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A rehearsal by hand: every sheet of it says so, and letters wait for it.
. "$(dirname "$0")/lib.sh"
need pdftotext pdfinfo python3
inputs
sed -i 's/^description;.*/&\ndescription_en;A test election/' e.pb

init d >made 2>&1 || sed 's/^/# /' made
says 0 'also to do: rehearse the whole vote with specimens, before letters are made: yihu-issue rehearse d --to NEW' \
  issue status d
for _ in 1 2; do
  trustee ceremony d $(keys) --name a --name b --name c --unencrypted
  issue charter d
done >made 2>&1 || sed 's/^/# /' made
says 1 'yihu-issue rehearse d --to NEW does it in ten minutes' issue letters d
says 1 '--minutes 0' issue rehearse d --to r --minutes 0
says 1 'the languages here are' issue rehearse d --to r --lang xx
holds 'nothing is made' test ! -e d/letters -a ! -e r -a ! -e d/paper/rehearsals
says 0 'r: open.' issue rehearse d --to r --specimens 3
says 1 'choose a new folder' issue rehearse d --to r
says 1 'is a rehearsal itself' issue rehearse r --to s
says 1 'is not at its end' issue rehearsed d r
says 1 'is no rehearsal' issue rehearsed d d

status_of() { issue status "$1" --json >status.json && python3 -c '
import json, sys
s = json.load(open("status.json"))
step = {x["id"]: x for x in s["steps"]}
sys.exit(not eval(sys.argv[1]))' "$2"; }
holds 'the real one is none' status_of d 's["rehearsal"] is None and s["rehearsed"] is None and step["rehearse"]["state"] == "due"'
holds 'the rehearsal says whose it is' status_of r 's["rehearsal"]["of"].endswith("/d") and s["rehearsal"]["holders"] == 3'
holds 'and is not rehearsed' status_of r 'step["rehearse"]["state"] == "not needed"'
holds 'its keys are named' status_of r '"--key r/secret/rehearsal-key-1 --key r/secret/rehearsal-key-2 --key" in step["box"]["together"]'
holds 'each step has its card' status_of d 'all(all(x["card"][k] for k in ("who", "hand", "time", "final", "act")) for x in s["steps"])'
holds 'what is possible is told from what is not' \
  status_of r 'step["void"]["possible"] and not step["charter"]["possible"] and not step["complete-box"]["possible"]'

# ---- sheets
export YIHU_TEST_CLOCK=$((opens - 3500))
{ issue poster r --lang en && issue walklist r && issue envelope r && issue proof r; } >made 2>&1 || sed 's|^|# |' made
# marked PDF WORDS: each page has them, at its top.
marked() {
  local pages
  pages=$(pdfinfo "$1" | sed -n 's/^Pages: *//p') || return 1
  for ((page = 1; page <= pages; page++)); do
    pdftotext -f "$page" -l "$page" -layout "$1" - | head -n 3 | grep -qF "$2" || return 1
  done
}
for pdf in letters/pdf/*.pdf paper/proof.pdf paper/walklist.pdf paper/envelopes.pdf; do
  for file in r/$pdf; do holds "$file is marked" marked "$file" '演练 · 不是真的表决'; done
done
for size in a4 a3; do holds "so is the poster, $size" marked r/paper/poster-$size.pdf 'REHEARSAL · this is no real vote'; done
holds 'letters are tagged, with all their text' sh -c "for f in r/letters/pdf/*.pdf; do python3 '$here/../print/tags.py' \"\$f\" || exit 1; done"
issue proof d >made 2>&1
holds 'a real sheet is not' sh -c "! pdftotext d/paper/proof.pdf - | grep -q 演练"

# ---- its end
export YIHU_TEST_CLOCK=$((opens - 3500 + 700))
for step in "tally close r" "issue sign r --no-objections" "tally publish r"; do says 0 '' $step; done
holds 'the result is marked' marked r/paper/results-a4.pdf '演练 · 不是真的表决'
holds 'so is its page' grep -q 'class="rehearsal" role="note">演练 · 不是真的表决<' r/box/public/site/results.html
eid=$(issue status r | sed -n 's/^full id //p')
says 0 'This is a rehearsal' "$YIHU_AUDIT" r/box/public --eid "$eid"
says 1 'nobody has voted' issue rehearsed d r
plan
