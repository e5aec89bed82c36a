#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What an election's state refuses is refused before anybody is asked for a
# passphrase: nobody can answer here, and each refusal still says its reason.
. "$(dirname "$0")/lib.sh"
inputs
clerk='a long passphrase of the clerk'
with_clerk() { issue "$@" --passphrase-fd 5 5<<<"$clerk"; }

holds 'init' with_clerk init d --election e.pb --households h.csv --opens 2026-06-01T00:00:00Z \
  --closes 2026-06-02T00:00:00Z --holders 3 --threshold 2 --nobody-may-miss
says 1 '0 of 3 key holders have announced' issue charter d
says 1 'charter yet' issue letters d
holds 'announce and deal' trustee ceremony d $(keys) --name a --name b --name c --unencrypted
says 1 'not the issuer key' issue charter d --key k1
holds 'charter' with_clerk charter d
says 1 'missing: a, b, c' issue letters d
holds 'accept' trustee ceremony d $(keys)
holds 'letters' with_clerk letters d --lang en --skip-rehearsal test
says 1 'issued already' issue letters d
says 1 'secret/roll has no letter' issue replace d 9
says 1 'has letter' issue add d 'A 1'
says 1 'not the name of a household' issue add d ' '
says 1 '9' issue void d 9
says 1 'open until' tally close d
says 1 'not open yet' issue sign d
printf 'one\n\ntwo\n' >answers.txt
says 1 'give the number with --filed' tally complaints d --answers answers.txt
# A key of another ceremony is refused before the next holder is asked.
holds 'init of another' with_clerk init d2 --election e.pb --households h.csv \
  --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z --holders 3 --threshold 2 \
  --nobody-may-miss
says 1 'k1: this key file' trustee ceremony d2 --key k1 --key n2 --key n3 --name a --name y --name z
holds 'no key was made after it' test ! -e n2
# And where nothing refuses it, the passphrase is what is missing.
says 1 'passphrase' issue void d 1
says 3 'letter 0001, has not voted' unseen issue void d 1
says 3 'change 1 of the 10' unseen issue void d 1
says 3 'add --seen' unseen with_clerk void d 1
holds 'a void' with_clerk void d 1
says 1 'letter 0001 is void already' issue void d 1
says 1 'letter 0001 is void already' issue replace d 1
# By the household; its void letter is passed over. And one that is called alike, said to be another.
household=$(sed -n 's/^2\t//p' d/secret/roll)
says 0 "$household (letter 0002, has not voted)" with_clerk replace d "$household"
says 3 'add --seen' unseen with_clerk add d 'C 7' --reason divided
says 3 'addition 1 of the 5' unseen with_clerk add d 'C 7' --reason divided
says 3 'Why: one household became two' unseen with_clerk add d 'C 7' --reason divided
says 1 'add --another' issue add d "${household/ /-}"
# Why, before anything is signed; in a word, in the words of any language, or in one's own.
says 1 'add needs --reason: forgotten, moved-in, divided, vacant' issue add d 'C 7'
says 1 'no reason number 5' issue add d 'C 7' --reason 5
says 1 'says nothing' issue add d 'C 7' --reason other
says 1 'in one line' issue add d 'C 7' --reason $'a\nb'
holds 'nothing was kept of these' test ! -e d/paper/additions
holds 'another household' with_clerk add d "${household/ /-}" --another --reason 名单漏登
holds 'one whose reason is said in words' with_clerk add d 'C 7' --reason 'their son has moved into 3-2-501'
says 0 'not on the list: 0006 (left out of the list by mistake)' issue status d
says 0 'not on the list: 0007 (their son has moved into 3-2-501)' issue status d
says 0 '{"letter":7,"reason":"other","words":"their son has moved into 3-2-501"}' issue status d --json
plan
