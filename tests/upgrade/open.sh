#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An election that an earlier version began is opened, continued and audited by this one,
# from four moments on its way (make.sh), each version's data in a folder of its name.
# usage: open.sh VERSION
version=$(cd "$(dirname "$0")/$1" && pwd)
. "$(dirname "$0")/../tools/lib.sh"

at() { export YIHU_TEST_CLOCK=$1; }
unpack() { mkdir "$work/$1" && cd "$work/$1" && tar -xJf "$version/$1.tar.xz"; }
# figure NAME: of the result.
figure() { python3 -c 'import json, sys; print(json.load(open("d/box/public/results.json"))[sys.argv[1]])' "$1"; }
ballots() { issue status d --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["ballots"])'; }
counted() {
  holds "$1: the box is signed, shuffled and opened" trustee count d $(keys)
  holds "$1: the result is signed" issue sign d
  holds "$1: it is published" tally publish d
}
# audited STAGE CAST: as an auditor does it who has a letter, and the receipts.
audited() {
  local receipts=()
  for file in votes/*; do receipts+=(--receipt "$file"); done
  holds "$1: its votes are in the result" test "$(figure cast) $(figure valid)" = "$2 $2"
  holds "$1: its audit finds no fault" "$YIHU_AUDIT" d/box/public --eid "$(figure eid)" "${receipts[@]}"
}

unpack keys
holds 'a key ceremony goes on: the charter' issue charter d --seen
holds 'the key holders sign it' trustee ceremony d $(keys)
holds 'it is whole' issue charter d
holds 'letters are made' issue letters d --skip-rehearsal test

unpack poll
at $((opens + 7200))
holds 'the box is whole for this version' "$YIHU_PROGRAMS/yihu-countd" d/box --check
serve() {
  : >"$work/serves"
  setsid "$YIHU_PROGRAMS/yihu-countd" d/box --listen 127.0.0.1:0 >"$work/serves" 2>&1 &
  daemon=$!
  for _ in $(seq 1200); do grep -q 'http://127' "$work/serves" && return || sleep 0.1; done
}
serve
url=$(grep -o 'http://127[0-9.:]*' "$work/serves" | head -1)
grep -oE '0000(-[0-9A-Z]{4}){7,}' d/letters/list.csv | sort -u >tokens
vote() {
  sed -n "$1p" tokens >token && echo 2 >choice
  "$YIHU_CAST" "$url" --token-file token --typed --choose-file choice --receipt "$2" --yes
}
holds 'a letter of before votes' vote 4 votes/4
says 1 'has voted already' vote 1 again
kill $daemon
wait $daemon
holds 'four ballots are there' test "$(ballots)" = 4
holds 'a letter of before is replaced' issue replace d 5 --reason lost --by 王芳
at $((closes + 10))
holds 'the poll is closed' tally close d
counted poll
audited poll 4

unpack count
at $((closes + 20))
counted count
audited count 3

unpack published
at $((closes + 30))
audited published 3
holds 'the poster is made' tally poster d
holds 'it is archived' issue archive d "$work"
holds 'a key is retired' trustee retire d --key k1
plan
