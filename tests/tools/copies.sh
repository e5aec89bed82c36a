#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Key files and their copies: made at the ceremony, used when a stick is lost,
# erased at the end; and key files of another election.
. "$(dirname "$0")/lib.sh"
inputs

backups() { for i in 1 2 3; do printf -- '--backup c%d ' $i; done; }

# ---- the ceremony makes a second file of each
holds 'init' init d
holds 'another election' election other
for i in 1 2 3; do mv k$i o$i && mv .k$i.lock .o$i.lock; done
says 1 'one --backup for each --key' trustee ceremony d $(keys) --backup c1 --name a --name b \
  --name c --unencrypted
says 1 'a file of its own' trustee ceremony d $(keys) --backup c1 --backup k2 --backup c3 --name a \
  --name b --name c --unencrypted
holds 'no key was made' test ! -e k1
says 0 'All keys on one computer are one holder' trustee ceremony d $(keys) --name a --name b \
  --name c --unencrypted
holds 'charter' issue charter d
says 0 'c2: a second file of the key of b, read back' trustee ceremony d $(keys) $(backups)
holds 'they are private' test "$(stat -c %a c1 c2 c3 | sort -u)" = 600
says 0 'c2: already a second file' trustee ceremony d $(keys) $(backups)
says 0 'are on one disk or stick' trustee ceremony d $(keys) $(backups)
says 0 'has 2 files' trustee check d --key c1
holds 'the charter is whole' issue charter d
holds 'letters' issue letters d --skip-rehearsal test

# ---- copy
says 1 'is there already' trustee copy d --key k1 --to e.pb
cp k1 plain
says 1 'this key file does not know it as its copy' trustee copy d --key k1 --to plain
says 0 'read back' trustee copy d --key k1 --to third
says 0 'has 3 files' trustee check d --key k1
holds 'a third election' init f
holds 'a fourth, announced' init g
holds 'its key' trustee announce g --index 1 --name x --key e1-announced --unencrypted
says 1 'a file of its own' trustee announce g --index 2 --name y --key gy --backup gy
holds 'no key was made for it' test ! -e gy
says 0 'gy2: a second file of the key of y, read back' trustee announce g --index 2 --name y --key gy \
  --backup gy2 --unencrypted
says 0 'gy2: already a second file' trustee announce g --index 2 --key gy --backup gy2
holds 'the ceremony without copies' init e
says 0 'the clerk makes the charter' trustee ceremony e --key e1 --key e2 --key e3 --name a --name b \
  --name c --unencrypted
holds 'its charter' issue charter e
says 0 'the key of c has no second file' trustee ceremony e --key e1 --key e2 --key e3

# ---- what the folder says comes before any passphrase: here nobody could give one
with() { "$@" 5< <(printf 'a passphrase\n'); }
holds 'a sealed key' with trustee announce f --index 1 --name s --key s1 --passphrase-fd 5
says 1 '1 of 3 holders have announced' trustee deal f --key s1
says 1 'announce-2 is not there' trustee accept f --key s1
for verb in box shuffle; do says 1 'not closed yet' trustee $verb d --key s1; done
says 1 '0 of at least 2 shuffles' trustee open d --key s1
says 1 'not open yet' trustee sign d --key s1
says 1 'not complete yet' trustee retire d --key s1
says 1 'not closed yet' trustee count d --key s1
says 1 "not a key holder's" trustee box d --key d/secret/issuer.key
says 1 'there is no file' trustee box d --key none

# ---- a key file of another election says which one is its own
short=$(trustee check other --key o1 | sed -n 's/^Election //p')
for verb in accept check; do
  says 1 "belongs to another election, $short" trustee $verb d --key o1
done
says 1 "belongs to another election, $short" trustee announce f --index 2 --key o1
says 1 "belongs to another election, $short" trustee copy d --key o1 --to o1-copy
holds 'no copy was made' test ! -e o1-copy
says 1 'yihu-trustee check says which' trustee announce f --index 1 --key o1
says 1 'was announced for another election' trustee accept d --key e1-announced

# ---- after the poll
export YIHU_TEST_CLOCK=$((closes + 60))
holds 'close' tally close d
holds 'sign' issue sign d
holds 'publish' tally publish d
says 1 "belongs to another election, $short" trustee retire d --key o1
says 1 'different keys' trustee retire d --key k1 --key k2
says 1 'plain copies of each other' trustee retire d --key k1 --key plain
says 0 '2 of the 3 files of this key are erased' trustee retire d --key k1 --key c1
says 0 'still hold a share: a (2 of 3 files erased)' issue status d
holds 'retire the second holder' trustee retire d --key k2 --key c2
holds 'retire the third holder' trustee retire d --key k3 --key c3
says 0 'files of these keys still hold a share' issue status d
says 0 'make the archive, which is kept: yihu-issue archive d STICK' trustee retire d --key third
holds 'the note says so' grep -qx 'copies 3 of 3' d/ceremony/retired-1
plan
