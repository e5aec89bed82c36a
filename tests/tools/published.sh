#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# After the count: publishing, the posters, complaints. Nobody votes here, so
# the box stays shut, and that is published.
. "$(dirname "$0")/lib.sh"
inputs

{
  issue init d --election e.pb --households h.csv --opens 2026-06-01T00:00:00Z \
    --closes 2026-06-02T00:00:00Z --holders 1 --threshold 1 --min-box 1 --nobody-may-miss --unencrypted
  for _ in 1 2; do
    trustee ceremony d --key k --name h --passphrase-fd 5 5<<<"the holder"$'\n'"the holder"
    issue charter d
  done
  issue letters d --lang en
} >made 2>&1 || sed 's/^/# /' made

says 0 'No complaints are recorded' tally complaints d
says 0 'Complaints: 1 filed, 0 answered in public' tally complaints d --filed 1
holds 'they wait for the results' test ! -e d/box/public/site/complaints.txt
export YIHU_TEST_CLOCK=$((closes + 10))
says 0 'the box stays closed' tally close d
says 1 'not published yet' tally poster d
says 1 'not published yet' tally export d --pabulib
says 2 'say the form: --pabulib' tally export d
says 1 "the clerk's signature is missing" tally publish d
holds 'nothing was made' test ! -e d/paper/results-a4.pdf
says 0 '' issue sign d

echo '<fontconfig><dir>/nowhere</dir></fontconfig>' >fonts.conf
without_fonts() { FONTCONFIG_FILE=$PWD/fonts.conf tally "$@"; }
says 1 'the results are published, but their poster is not made (yihu-tally poster d' without_fonts publish d
says 1 'Noto Sans CJK SC' without_fonts poster d
says 1 'fonts-noto-cjk' without_fonts poster d
holds 'and they are published' test -s d/box/public/results -a -s d/box/public/site/results.html
holds 'no poster is half made' test -z "$(find d/paper -name '*results*' -o -name '.yihu*')"
says 0 'paper/results-a4.pdf' tally poster d
holds 'posters are made' test -s d/paper/results-a4.pdf -a -s d/paper/results-a3.pdf
cp d/paper/results-a4.pdf before.pdf
says 0 'paper/results-a4.pdf' tally publish d
holds 'the same poster again' cmp before.pdf d/paper/results-a4.pdf
holds 'the page counts the complaint' grep -q '1 filed' d/box/public/site/results.html

says 1 'there are no votes to export' tally export d --pabulib
holds 'nothing is exported' test ! -e d/paper/pabulib.pb

printf 'It was looked into.\r\n\r\nAnd this too.\r\n' >answers.txt
says 1 'give the number with --filed' tally complaints d --answers answers.txt
says 0 'Complaints: 2 filed, 2 answered in public' tally complaints d --filed 2 --answers answers.txt
holds 'the page has the answers' grep -q 'It was looked into' d/box/public/site/results.html
holds 'the poster is made anew' sh -c '! cmp -s before.pdf d/paper/results-a4.pdf'
says 0 'Complaints: 2 filed, 2 answered in public' tally complaints d
says 0 'Complaints: 3 filed, 2 answered in public' tally complaints d --filed 3
printf 'fine\nnot \001 fine\n' >bad.txt
says 1 'bad.txt: line 2 has a character' tally complaints d --answers bad.txt
says 1 'no.txt' tally complaints d --answers no.txt
says 0 'Complaints: 3 filed, 2 answered in public' tally complaints d
says 1 'not “fr”' tally poster d --lang fr
sed -i 's/^filed 3$/filed 0/' d/ceremony/complaints
says 1 'ceremony/complaints' tally publish d
plan
