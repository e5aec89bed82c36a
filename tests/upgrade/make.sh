#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes what a version leaves behind: the folder of one election and its key files, at
# four moments on its way, as keys.tar.xz, poll.tar.xz, count.tar.xz, published.tar.xz.
# It was run once with the programs of each version (tests/upgrade/README.md), with a
# clock that the test sets (tests/tools/clock.c); tests/upgrade/open.sh goes on there.
# usage: make.sh PROGRAMS CAST OUT
set -eu
programs=$1 cast=$2 out=$(realpath "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8 LANGUAGE=en TZ=CST-8

opens=1780272000 closes=1780358400 # 2026-06-01T00:00:00Z, a day later
export YIHU_TEST_CLOCK=$((opens - 3600))
# A version of before it showed what is signed knows no --seen.
seen() { "$programs/yihu-$1" "$2" --help | grep -q -- --seen && echo --seen; }
run() { setsid -w "$programs/yihu-$1" "${@:2}" $(seen "$1" "$2" || true) </dev/null; }
kept() { tar -cJf "$out/$1.tar.xz" --sort=name --owner=0 --group=0 --mtime=@$opens --exclude='*.pdf' d k1 k2 k3 votes; }

cat >e.pb <<'PB'
META
key;value
description;Kept by an earlier version
country;China
unit;Chengdu
instance;2026
num_projects;2
num_votes;0
budget;300
vote_type;approval
rule;greedy
date_begin;2026
date_end;2026
ballot;approval
PROJECTS
project_id;cost;name
1;100;lamps
2;200;benches
VOTES
voter_id;vote
PB
printf 'household\nA 1\nA 2\nA 3\nB 1\nB 2\nB 3\n' >h.csv
mkdir votes
run issue init d --election e.pb --households h.csv --opens 2026-06-01T00:00:00Z \
  --closes 2026-06-02T00:00:00Z --holders 3 --threshold 2 --min-box 1 --unencrypted
keys=(--key k1 --key k2 --key k3)
run trustee ceremony d "${keys[@]}" --name 王芳 --name 李强 --name 张敏 --unencrypted
kept keys
run issue charter d
run trustee ceremony d "${keys[@]}"
run issue charter d
run issue letters d

# Three of six vote; what they have to show for it is kept.
export YIHU_TEST_CLOCK=$((opens + 3600))
setsid "$programs/yihu-countd" d/box --listen 127.0.0.1:0 >serves 2>&1 &
daemon=$!
for _ in $(seq 600); do grep -q 'http://127' serves && break || sleep 0.1; done
grep -q http://127 serves || { cat serves >&2; exit 1; }
url=$(grep -o 'http://127[0-9.:]*' serves | head -1)
grep -oE '0000(-[0-9A-Z]{4}){7,}' d/letters/list.csv | sort -u >tokens
for i in 1 2 3; do
  sed -n ${i}p tokens >token
  "$cast" "$url" --token-file token --typed --choose $((1 + i % 2)) --receipt votes/$i --yes
done
kill $daemon
wait $daemon || true
kept poll

export YIHU_TEST_CLOCK=$((closes + 10))
run tally close d
for i in 1 2 3; do run trustee box d --key k$i; done
run trustee shuffle d --key k1
kept count
run trustee shuffle d --key k2
for i in 1 2; do run trustee open d --key k$i; done
run issue sign d
for i in 1 2; do run trustee sign d --key k$i; done
run tally publish d
kept published
