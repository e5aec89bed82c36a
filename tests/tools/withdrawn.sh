#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Withdrawing a project: who asks, who signs, when it can be done, and what every
# program says afterwards.
. "$(dirname "$0")/lib.sh"
inputs
why='The price of the benches was printed wrong.'

eid_of() { issue status "$1" | sed -n 's/.*full id \([0-9a-f]*\).*/\1/p'; }
audit() { "$YIHU_AUDIT" "$1/box/public" --eid "$(eid_of "$1")" "${@:2}"; }

# ---- before there is a log
says 2 'at most 9' init x --max-withdrawals 10
holds 'init' init draft
says 0 'withdrawals 1' tail -1 draft/ceremony/plan
says 1 'no withdrawal is under way' issue withdraw draft --send
holds 'an election that allows none' init none --max-withdrawals 0
holds 'and says nothing of it' sh -c '! grep -q withdrawals none/ceremony/plan'

# ---- what is asked
holds 'an election up to its letters' election d
says 0 'withdrawals 1' cat d/box/public/charter
says 1 'takes a PROJECT' issue withdraw d
says 2 'takes a PROJECT' issue withdraw d 2 --send
says 1 'no withdrawal is under way' issue withdraw d --drop
says 1 'no project “3”' issue withdraw d 3 --reason "$why"
says 1 'needs --reason' issue withdraw d 2
says 1 'cannot be seen' issue withdraw d 2 --reason $'a price\u200b is wrong'
says 3 'nobody is there' unseen issue withdraw d 2 --reason "$why"
says 1 'not the issuer key' issue withdraw d 2 --reason "$why" --key k1
holds 'nothing was asked' test ! -e d/ceremony/withdrawal
says 1 'nothing to do now' issue hand-out d stick1
says 1 'no withdrawal of a project was asked for' trustee withdraw d --key k1
says 0 '3 key holders sign it' issue withdraw d benches --reason "$why"
says 0 'project 2' cat d/ceremony/withdrawal
says 1 'another withdrawal is under way' issue withdraw d 1 --reason "$why"
says 0 'number 2: 0 key holders have signed, 3 must' issue status d

# ---- and signed
says 3 'nobody is there' unseen trustee withdraw d --key k1
says 0 'number 2: benches' trustee withdraw d --key k1
says 0 'taken back' issue withdraw d --drop
holds 'nothing is left of it' test ! -e d/ceremony/withdrawal -a ! -e d/ceremony/withdrawal-1
holds 'asked again' issue withdraw d benches --reason "$why"
says 1 '0 key holders have signed, and 3 must' issue withdraw d --send
holds 'one at the table' trustee withdraw d --key k1
says 1 'Others who can sign: b, c' issue withdraw d --send
says 0 'yihu-trustee withdraw stick2' issue hand-out d stick2
says 0 'The price of the benches' trustee withdraw stick2 --key k2
says 0 'taken: ceremony/withdrawal-2, by “b”' issue collect d stick2
says 0 'nothing new' issue collect d stick2
cp d/ceremony/withdrawal-1 d/ceremony/withdrawal-3
says 1 'd/ceremony/withdrawal-3: ' issue withdraw d --send
says 0 'd/ceremony/withdrawal-3: ' issue status d
rm d/ceremony/withdrawal-3
holds 'the third' trustee withdraw d --key k3

# ---- in mid-poll, into the log
export YIHU_TEST_CLOCK=$((opens + 60))
says 0 'Project number 2 is withdrawn' issue withdraw d --send
holds 'both notices are made' test -s d/paper/withdrawn-2-a4.pdf -a -s d/paper/withdrawn-2-a3.pdf
holds 'what was signed is in the log, and not in the folder' test ! -e d/ceremony/withdrawal -a ! -e d/ceremony/withdrawal-2
says 0 'projects withdrawn: 2' audit d
says 0 'VERIFIED' audit d
says 0 "\"reason\":\"$why\"" audit d --json
says 1 'no withdrawal is under way' issue withdraw d --send
says 1 'number 2 is withdrawn already' issue withdraw d 2 --reason "$why"
says 1 'and so many are' issue withdraw d 1 --reason "$why"
says 0 'nothing new' issue collect d stick2
says 0 'letter 0001' issue void d 1
export YIHU_TEST_CLOCK=$((closes + 60))
says 1 'no project can be withdrawn any more' issue withdraw d 1 --reason "$why"
holds 'the poll is closed' tally close d
says 0 'projects withdrawn: 2' audit d
says 1 'no project can be withdrawn any more' issue withdraw d 1 --reason "$why"
holds 'the result is signed' issue sign d --no-objections
holds 'and published' tally publish d
says 0 'yihu-results-v2' cat d/box/public/results.json
says 0 'VERIFIED' audit d

# ---- what would leave nobody a ballot; and a charter that allows none
apart() { mkdir "$1" && cp e.pb h.csv "$1" && (cd "$1" && export YIHU_TEST_CLOCK=$((opens - 3600)) && "${@:2}"); }
cp e.pb plain.pb
sed -i 's/^rule;greedy/&\nmin_length;2\nmin_sum_cost;250\ncategories;x,y\nmin_length_per_category;1/
  s/^\(project_id.*\)/\1;category/; s/lamps/&;x/; s/benches/&;y/' e.pb
export YIHU_TEST_CLOCK=$((opens - 3600))
holds 'an election in which all must be marked' apart full election d
says 1 'asks for: min_length: 2 wanted, 1 left; min_sum_cost: 250.00 wanted, 200.00 left; min_length_per_category “x”: 1 wanted, 0 left. Nobody could vote' \
  issue withdraw full/d 1 --reason "$why"
cp plain.pb e.pb
none() { init d --max-withdrawals 0 && trustee ceremony d $(keys) --name a --name b --name c --unencrypted &&
  issue charter d && trustee ceremony d $(keys) && issue charter d && issue letters d --skip-rehearsal test; }
holds 'one whose charter allows none' apart never none
says 1 'allows no project to be withdrawn' issue withdraw never/d 1 --reason "$why"

# ---- anew
says 0 'do not vote here' issue init n --again d --opens 2026-07-01T00:00:00Z --closes 2026-07-02T00:00:00Z --unencrypted --nobody-may-miss
says 0 'withdrawals 1' tail -1 n/ceremony/plan
plan
