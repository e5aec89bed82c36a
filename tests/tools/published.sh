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
  issue letters d --lang en --skip-rehearsal test
  issue add d 'C 1' --reason forgotten
  issue add d 'C 2' --reason 'A 1 is two households now'
  issue add d 'C 3' --reason forgotten
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
reasons() { pdftotext -raw d/paper/results-a4.pdf - | tr '\n' ' ' | grep -F "$1"; }
holds 'why letters were added is counted, and nobody is named' reasons \
  'Why added left out of the list by mistake: 2, another reason: 1 Quorum'
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

says 0 'No objections are written down' tally objection d
printf '\xef\xbb\xbfMr Li says:\r\n\r\nit hung too late.\r\n' >objection.txt
says 0 'Objection 1 is written down' tally objection d --text objection.txt --day 2026-06-03
says 0 'Nothing of it is public yet' tally objection d --text answers.txt
says 0 'of 2026-06-03' tally objection d
says 0 'not answered yet' tally objection d
printf 'It hangs\tnow.\n' >answer.txt
says 1 'there is no objection number 3' tally objection d --text answer.txt --answer 3
says 0 'The answer to objection 1' tally objection d --text answer.txt --answer 1
says 0 '"day":"2026-06-03","text":"Mr Li says:\nit hung too late.","answer":"It hangs now."' tally objection d --json
says 1 '“2026-6-3” is no day' tally objection d --text answer.txt --day 2026-6-3
says 1 'bad.txt: line 2 has a character' tally objection d --text bad.txt
printf ' \n' >empty.txt
says 1 'there is no text in it' tally objection d --text empty.txt
says 2 'go with --text FILE' tally objection d --day 2026-06-03
says 2 'of a new objection' tally objection d --text answer.txt --day 2026-06-03 --answer 1
says 2 'changes nothing of it' tally objection d --json --text answer.txt
says 2 '--recorded says both' tally complaints d --recorded --filed 3
holds 'nothing of it is shown' sh -c '! grep -qr "Mr Li" d/box/public && ! grep -q "It hangs" d/box/public/site/results.html'
says 0 'Complaints: 2 filed, 1 answered in public' tally complaints d --recorded
holds 'the answer is shown, and not what was objected' sh -c '! grep -qr "Mr Li" d/box/public && grep -q "It hangs now" d/box/public/site/results.html'
holds 'the book is for its owner alone' test "$(stat -c %a d/paper/objections)" = 600
cp d/paper/objections book
echo 'more of it' >>d/paper/objections
says 1 'd/paper/objections: line 8 is none of an objection' tally objection d
mv book d/paper/objections

mkdir stick
says 1 'is not a folder: is the stick there?' issue archive d nowhere
says 3 'nobody is there to look' unseen issue archive d stick
says 3 "destroy the letters' files" unseen issue archive d stick
holds 'nothing was made' test -z "$(ls stick)"
says 0 'Write the two hashes into the minutes' issue archive d stick
holds 'the second part has the objections' sh -c 'unzip -p stick/d-personal.zip paper/objections | cmp - d/paper/objections'
holds 'their hashes are kept' sh -c 'cd stick && sha256sum --quiet -c ../d/paper/archived'
says 0 'reads back' issue copy-public d stick
eid=$(issue status d | grep -o '[0-9a-f]\{64\}' | head -n 1)
says 0 'VERIFIED' "$YIHU_AUDIT" stick/d-public.zip --eid "$eid"
says 0 'VERIFIED' "$YIHU_AUDIT" stick/d-public --eid "$eid"
says 3 'No fault, but no election id was given' "$YIHU_AUDIT" stick/d-public.zip
says 2 'take the other part' "$YIHU_AUDIT" stick/d-personal.zip --eid "$eid"
head -c 9000 stick/d-public.zip >cut.zip
says 1 'NOT VERIFIED' "$YIHU_AUDIT" cut.zip --eid "$eid"
says 1 'cut.zip: this is no archive, or a damaged one' "$YIHU_AUDIT" cut.zip --eid "$eid"

says 1 'not final before' tally final d
export YIHU_TEST_CLOCK=$((closes + 9 * 86400))
says 1 '3 objections are upheld, and 2 were filed' tally final d --upheld 3
final_unseen() { unseen tally final d 2>&1 | tee "$work/final"; }
says 3 'part of the result: 2 made, 1 answered' final_unseen
says 3 'book: 2, not answered: 1' final_unseen
says 3 'So the result stands' final_unseen
holds 'all is public that is written down' sh -c "! grep -q 'not public yet' '$work/final'"
says 3 'So there is a new vote' unseen tally final d --upheld 1
says 0 'Objection 3 is written down' tally objection d --text answers.txt
says 3 'Some of the book is not public yet' unseen tally final d
holds 'nothing is final unseen' test ! -e d/box/public/final
says 0 'The result is final' tally final d
holds 'then it is' test -s d/box/public/final

sed -i 's/^filed 2$/filed 0/' d/ceremony/complaints
says 1 'ceremony/complaints' tally publish d
plan
