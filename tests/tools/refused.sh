#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the committee's programs refuse: exit status, and what they say.
. "$(dirname "$0")/lib.sh"
inputs

# ---- usage; what holds of every verb is in verbs.py
says 2 'needs --projects FILE (or --election FILE)' issue init d
says 2 'needs --opens' issue init d --election e.pb --households h.csv
says 2 'needs --holders' issue init d --election e.pb --households h.csv --holders 4 \
  --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z
says 2 'is not a letter number' issue void d 0
says 2 '--box-quorum is at least 1' init d --box-quorum 0

# ---- init
says 1 'no.pb' init d --election no.pb
says 1 'h.csv' init d --election h.csv
says 1 'no.csv' init d --households no.csv
printf 'household\nA 1\nA 2\nA 1\n' >twice.csv
says 1 'twice.csv' init d --households twice.csv
says 1 '--holders 16' init d --holders 16
says 1 '--threshold 1' init d --threshold 1
says 1 '--box-quorum 1' init d --box-quorum 1
says 1 'not later than' init d --closes 2026-06-01T00:00:00Z
says 1 'in the past' init d --opens 2020-01-01T00:00:00Z --closes 2020-01-02T00:00:00Z
says 1 '--min-box is at least 1' init d --min-box 0
says 1 'http' init d --url http://vote.example.org
says 1 '--url is empty' init d --url ''
says 1 'e.pb is there already' init e.pb
holds 'nothing was made' test ! -e d
says 1 'say --nobody-may-miss' issue init d --election e.pb --households h.csv --holders 3 \
  --threshold 2 --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z --unencrypted
says 3 'nobody is there to look' unseen init d
says 3 'together they cost 300 yuan; the budget is 300 yuan' unseen init d
holds 'and nothing is made' test ! -e d -a ! -e .d.new
holds 'init' init d
says 1 'd is there already' init d

# ---- the ceremony
says 1 'no election here' trustee announce nowhere --index 1 --name a --key k1 --unencrypted
holds 'no key was made' test ! -e k1
says 1 'no key holder 4' trustee announce d --index 4 --name a --key k1 --unencrypted
says 1 "give its holder's --name" trustee announce d --index 1 --key k1 --unencrypted
says 1 "'s own key" trustee announce d --index 1 --name issuer --key kx --unencrypted
holds 'no key was made of that name' test ! -e kx
says 1 '0 of 3 key holders have announced' issue charter d
for i in 1 2 3; do
  holds "announce $i" trustee announce d --index $i --name h$i --key k$i --unencrypted
done
says 1 'no charter yet' trustee box d --key k1
says 1 'is the key of' trustee announce d --index 1 --name other --key k1
says 1 'announced as holder 1' trustee announce d --index 2 --name h1 --key k1
says 1 'is there, by “h1”' trustee announce d --index 1 --name h9 --key k9 --unencrypted
says 1 'has the name “h1” already' trustee announce d --index 2 --name h1 --key k9 --unencrypted
says 1 'for two key holders, 1 and 2' trustee ceremony d --key k9 --key ./k9 --key k8 \
  --name x --name y --name z --unencrypted
says 1 '4 names (--name) and 3 key files' trustee ceremony d $(keys) --name h1 --name h2 \
  --name h3 --name h4 --unencrypted
says 1 'If the file has a name that was mistyped' trustee ceremony d $(keys) --name h1 --name h2 \
  --name typo --unencrypted
holds 'no key was made by what was refused' test ! -e k8 -a ! -e k9
says 1 'there is no file' trustee deal d --key none
says 1 'compare the digest' trustee deal d --key k1
says 1 'not a digest of 24 symbols' trustee deal d --key k1 --heard ABCD
says 1 'not this digest' trustee deal d --key k1 --heard 0000-0000-0000-0000-0000-0000
says 1 "not a key holder's" trustee deal d --key d/secret/issuer.key \
  --heard 0000-0000-0000-0000-0000-0000
heard=$(trustee deal d --key k1 2>/dev/null | sed -n 's/.*: //p' | head -1)
wrong=$(tr '0-9' '1-90' <<<"$heard")
says 1 'not this digest' trustee deal d --key k1 --heard "$wrong"
says 1 'exclude each other' trustee deal d --key k1 --heard "$heard" --one-table
mkdir stick && cp -r d/ceremony stick
says 1 'came on a stick' trustee deal stick --key k1 --one-table
holds 'the digest in small letters' trustee deal d --key k1 --heard "${heard,,}"
says 1 'deal-2 is not there' trustee accept d --key k1
holds 'deal 2' trustee deal d --key k2 --heard "$heard"
holds 'deal 3, at one table' trustee deal d --key k3 --one-table
says 1 'ceremony/charter is not there' trustee accept d --key k1
says 1 'charter yet' issue letters d
says 1 'with --key, in order' trustee ceremony d --key k1
says 1 'not the issuer key' issue charter d --key k1
says 3 'Key holders: h1, h2, h3.' unseen issue charter d
holds 'nobody signed it' test ! -e d/ceremony/charter
holds 'charter' issue charter d
says 1 'missing: h1, h2, h3' issue letters d
says 1 'not the election this key accepted' trustee check d --key k1 --eid \
  0000-0000-0000-0000-0000-0000
says 3 'the budget is 300 yuan' unseen trustee accept d --key k1
holds 'nothing is accepted unseen' test ! -e d/ceremony/charter-1
for i in 1 2 3; do holds "accept $i" trustee accept d --key k$i; done
eid=$(trustee check d --key k1 | sed -n 's/^full id //p')
short=$(trustee check d --key k1 | sed -n 's/^Election //p')
says 0 'is that of this key' trustee check d --key k1 --eid "$eid"
says 0 'is that of this key' trustee check d --key k1 --eid "${short,,}"
says 1 'neither a short print' trustee check d --key k1 --eid "${eid:0:63}"
says 1 'tell the other holders' trustee check d --key k1 --eid "$(tr '0-9' '1-90' <<<"$eid")"

# ---- letters, changes
says 1 'there is no file' issue letters d --skip-rehearsal test --key none
says 1 'not the issuer key' issue letters d --skip-rehearsal test --key k1
says 1 "not rehearsed: yihu-issue rehearse d --to NEW" issue letters d
says 1 "--skip-rehearsal: " issue letters d --skip-rehearsal " because"
holds "letters, with a word why they were not rehearsed" issue letters d --skip-rehearsal "no time"
holds "the word is kept" grep -q "skipped no time$" d/paper/rehearsals
says 1 'issued already' issue letters d
says 1 'secret/roll has no letter' issue replace d 9
says 1 'has letter' issue add d 'A 1'
says 1 'has letter' issue add d 'ａ　１'
says 1 'A 1 (letter 0' issue add d 'A-01室'
says 1 'add --another' issue add d 'A栋一号'
says 1 'not the name of a household' issue add d ' '
says 1 'no letter that holds is of “none”' issue replace d none
says 1 '“A-01室” is not certain: A 1 (letter 0' issue void d 'A-01室'
says 1 'is not certain' issue void d 1室

# ---- the count
says 1 'open until' tally close d
says 1 'not closed yet' trustee box d --key k1
says 1 'nothing to publish yet' tally publish d
says 1 'not open yet' issue sign d
export YIHU_TEST_CLOCK=$((closes + 60))
says 1 'not the issuer key' tally close d --key k1
says 1 'does not answer' tally close d --url http://127.0.0.1:1
says 1 'https' tally close d --url vote.example.org
says 0 'fewer than the charter' tally close d
says 0 'too few ballots were cast' issue status d
says 1 'ballots were cast' trustee box d --key k1
says 1 'the clerk alone signs' trustee sign d --key k1
plan
