#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The clerk's computer is gone in mid-poll, and a key holder's stick, too: the
# election goes on from the backup, to a result that the audit verifies.
. "$(dirname "$0")/lib.sh"
inputs
export LSAN_OPTIONS=detect_leaks=0

# The server's clock is the machine's, moved: to $1, seconds of 1970.
server_clock() { echo $(($1 - $(date +%s))) >clock; }
daemon=''
at_end() { [ -z "$daemon" ] || kill "$daemon"; }
serve() {
  YIHU_TEST_SYNCHRONISED=yes YIHU_TEST_CLOCK_FILE=$work/clock "$YIHU_SERVER" server/box --listen "127.0.0.1:$port" >served 2>&1 &
  daemon=$!
  for _ in $(seq 600); do
    [ -s server/box/address ] && return 0
    kill -0 "$daemon" || break
    sleep 0.1
  done
  return 1
}
with_passphrase() { "$@" --passphrase-fd 5 5<<<'the old lime tree'; }
port=$(python3 "$here/../lib/free_port.py")
url=http://127.0.0.1:$port

# ---- the first computer, with four key holders
first() {
  issue init d --election e.pb --households h.csv --url "$url" \
    --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z --min-box 1 --unencrypted
}
keys='--key k1 --key k2 --key k3 --key k4'
holds 'init takes four holders, two of whom open, by itself' first
says 0 '3 must come to sign the box, and 2 open it; at most 1 may be missing' issue status d
says 0 'opened only if at least 1 households vote' issue status d
holds 'ceremony' trustee ceremony d $keys --name a --name b --name c --name d --unencrypted
holds 'charter' issue charter d
holds 'accepted' trustee ceremony d $keys
says 0 'no backup of the clerk' issue letters d --skip-rehearsal test
holds 'forms for the envelopes, one for each passphrase' issue envelope d
holds 'tagged, with all their text' python3 "$here/../print/tags.py" d/paper/envelopes.pdf
holds 'they are five pages' sh -c "pdfinfo d/paper/envelopes.pdf | grep -q '^Pages: *5$'"
mkdir stick letters server
says 0 'reads back' with_passphrase issue backup d stick
says 0 "the clerk's backup: " issue status d
says 0 'older than the last change' issue replace d 2
says 0 'older than the last change' issue handover d --url "$url"
says 0 'reads back' with_passphrase issue backup d stick
tail -qn +2 d/letters/list.csv d/letters/changed.csv | rev | cut -d, -f2 | rev | tr -d '"\t' >letters/all
n=0
while read -r scan; do n=$((n + 1)) && echo "$scan" >letters/$n; done <letters/all
tar -C server -xf d/handover.tar
id=$(issue status d | grep -o '[0-9a-f]\{64\}')

# ---- it is lost, in mid-poll; so is the fourth holder's stick
server_clock $((opens + 10))
holds 'the server serves the box' serve
holds 'letter 1 votes' "$YIHU_CAST" "$url" --token-file letters/1 --random --yes
cp -r d here && rm -r here/box && ln -s ../server/box here/box
says 0 'households vote; so far: 1' issue status here
rm -rf d k4 here
holds 'the replacement votes' "$YIHU_CAST" "$url" --token-file letters/5 --random --yes

# ---- from the stick
says 1 'does not open' issue restore stick again --passphrase-fd 5 5<<<'the old'
holds 'nothing is there after a wrong passphrase' test ! -e again -a ! -e .again.new
says 0 "at its server: $url" with_passphrase issue restore stick again
says 1 'is there already' issue restore stick again
holds 'no letter and no log key came with it' test ! -e again/letters -a ! -e again/box/log.key
export YIHU_TEST_CLOCK=$((opens + 20))
says 0 "$id" issue status again
says 0 'is void' issue void again 3
says 0 'older than the last change' issue replace again 4
export YIHU_TEST_CLOCK=$((closes + 60))
server_clock $((closes + 60))
holds 'close' tally close again
says 1 'too few key holders are here' trustee count again --key k1
holds 'nothing was signed by too few' test ! -e again/ceremony/box-1

# ---- nothing is signed unseen, and nothing but what was seen
number() { sed -n 's/.*--seen=//p' "$work/out"; }
table() { unseen trustee count again --key k1 --key k2 --key k3 "$@"; }
signed() { ls again/ceremony | grep -c "^$1-"; }
says 3 'ballots: 2, of 4 entitled households' table
box=$(number)
says 3 'The closed ballot box of' table --seen=0000-0000-0000-0000-0000
says 3 "add --seen=$box" unseen trustee box again --key k1
holds 'no box is signed' test "$(signed box)" = 0
says 3 'This result is to be signed' table --seen="$box"
result=$(number)
holds 'the box is, and no result' test "$(signed box)$(signed results)" = 30
says 3 'signed by key holders so far: none' unseen trustee sign again --key k1 --seen="$box"
holds 'three of the four count' table --seen="$result"
says 3 'open to objections until' unseen issue sign again
result=$(number)
holds 'the clerk has not signed' test ! -e again/ceremony/results-issuer
says 0 'signed by key holders so far: a, b, c' unseen issue sign again --seen="$result"
says 0 'destroy the stick' sh -c "'$YIHU_PROGRAMS/yihu-tally' publish again && '$YIHU_PROGRAMS/yihu-issue' status again"
holds 'the audit verifies' "$YIHU_AUDIT" again/box/public --eid "$id"
plan
