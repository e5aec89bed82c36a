#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Calling an election off: when it can be done, how it is asked, and what every
# program says afterwards.
. "$(dirname "$0")/lib.sh"
inputs
why='The price of the lamps was printed wrong.'

audit() { "$YIHU_AUDIT" "$1/box/public" --eid "$(eid_of "$1")"; }
eid_of() { issue status "$1" | sed -n 's/.*full id \([0-9a-f]*\).*/\1/p'; }
first4() { issue status "$1" | sed -n 's/.*Election \(....\).*/\1/p' | head -1; }

# ---- what cannot be called off
says 1 'no election here' issue cancel nowhere --reason "$why"
holds 'init' init draft
says 1 'is a draft' issue cancel draft --reason "$why" --confirm AAAA
holds 'a draft is left as it is' test ! -e draft/paper

# ---- asked before a passphrase is, and confirmed
holds 'an election up to its letters' election d
says 1 'needs --reason' issue cancel d
says 1 'cannot be seen' issue cancel d --reason $'a price\u200b is wrong'
says 1 'begins or ends with a space' issue cancel d --reason 'a price is wrong '
says 1 'not confirmed' issue cancel d --reason "$why"
says 1 'not confirmed' issue cancel d --reason "$why" --confirm AAA
says 1 'is not lost' issue cancel d --reason "$why" --confirm "$(first4 d)" --box-lost
says 1 'not the issuer key' issue cancel d --reason "$why" --confirm "$(first4 d)" --key k1
says 0 'issued' issue status d

# ---- in mid-poll
export YIHU_TEST_CLOCK=$((opens + 60))
says 0 'This cannot be undone' issue cancel d --reason "$why" --confirm "$(first4 d | tr A-Z a-z)"
holds 'both posters are made' test -s d/paper/cancelled-a4.pdf -a -s d/paper/cancelled-a3.pdf
says 0 "called off on" issue status d
says 0 "$why" issue status d
says 0 'issue init NEW --again d' issue status d
says 0 "$why" audit d
says 0 'VERIFIED' audit d
says 1 "$why" issue cancel d --reason again --confirm "$(first4 d)"
says 1 'called off' issue replace d 1
says 1 'called off' issue void d 1
says 1 'called off' issue sign d
says 1 "$why" trustee box d --key k1
says 1 "$why" trustee shuffle d --key k1
says 1 "$why" trustee open d --key k1
says 1 "$why" trustee sign d --key k1
says 1 "$why" trustee count d --key k1 --key k2 --key k3
holds 'nobody has signed a box' test ! -e d/ceremony/box-1
export YIHU_TEST_CLOCK=$((closes + 60))
says 1 "$why" tally close d
says 1 "$why" tally publish d
holds 'it never got an end' test ! -e d/box/public/log/at-close

# ---- too late
# Others of their own, in a folder each with their keys.
apart() { mkdir "$1" && cp e.pb h.csv "$1" && (cd "$1" && export YIHU_TEST_CLOCK=$((opens - 3600)) && "${@:2}"); }
holds 'another election' apart late election d
says 1 'can no longer be called off' issue cancel late/d --reason "$why" --confirm "$(first4 late/d)"
holds 'closed' tally close late/d
says 1 'can no longer be called off' issue cancel late/d --reason "$why" --confirm "$(first4 late/d)"
rm late/d/box/box.db*
says 1 'can no longer be called off' issue cancel late/d --reason "$why" --confirm "$(first4 late/d)" --box-lost

# ---- where no log can say it
export YIHU_TEST_CLOCK=$((opens + 60))
holds 'one more' apart lost election d
rm lost/d/box/box.db*
says 0 'ballot box is lost' issue cancel lost/d --reason "$why" --confirm "$(first4 lost/d)"
says 0 "$why" audit lost/d
says 0 "called off: $why" issue status lost/d
holds 'the note names the log' grep -q '^log 1 ' lost/d/box/public/cancelled
says 1 "$why" trustee box lost/d --key lost/k1

# A box that was made again and never signs is here, and says nothing.
holds 'and one more' apart silent election d
rm silent/d/box/mark
says 1 'how far its log was signed is not known' countd silent/d/box --rebuild
says 1 'call the election off' issue void silent/d 1
says 0 'never signs again' issue cancel silent/d --reason "$why" --confirm "$(first4 silent/d)"
says 0 "$why" audit silent/d
holds 'the note names its log' grep -q '^log 1 ' silent/d/box/public/cancelled
says 0 "called off: $why" issue status silent/d
holds 'and once more' apart spoken election d
rm spoken/d/box/mark
countd spoken/d/box --rebuild >made 2>&1
says 0 'never signs again' issue cancel spoken/d --reason "$why" --confirm "$(first4 spoken/d)" --box-lost

export YIHU_TEST_CLOCK=$((opens - 3600))
chartered() {
  init c && trustee ceremony c $(keys) --name a --name b --name c --unencrypted &&
    issue charter c && trustee ceremony c $(keys) && issue charter c
}
accepted() {
  init p && trustee ceremony p $(keys) --name a --name b --name c --unencrypted &&
    issue charter p && trustee ceremony p $(keys)
}
holds 'a charter that all accept' apart poster accepted
says 0 'poster-a4.pdf' issue poster poster/p
holds 'the poster may hang before there are letters' test -s poster/p/box/public/charter
holds 'a charter alone' apart early chartered
says 0 'no letters were made yet' issue cancel early/c --reason "$why" --confirm "$(first4 early/c)"
says 0 "$why" audit early/c
holds 'the note names no log' grep -q '^log none$' early/c/box/public/cancelled
says 1 "$why" issue letters early/c
holds 'and no letter is made' test ! -e early/c/letters
holds 'a share that is of no use any more can be erased' trustee retire early/c --key early/k1
# ---- anew
says 1 'no election here' issue init n --again nowhere
late_again() { YIHU_TEST_CLOCK=$((opens + 60)) issue init "$@"; }
says 1 'has begun' late_again n --again early/c --unencrypted --nobody-may-miss
says 0 'do not vote here' issue init n --again early/c --unencrypted --nobody-may-miss
cp out said
holds 'a number that nobody chose is explained' grep -q '^that is 3 of the 4 households' said
holds 'and not warned of' sh -c '! grep -q "more than half" said'
holds 'a warning names the key where it lies in the end' grep -q ' n/secret/issuer.key: not encrypted' said
holds 'the same lists' cmp early/c/households.csv n/households.csv
holds 'the same thing is voted on' cmp early/c/election.pb n/election.pb
same() { diff <(grep -E "^($1) " early/c/ceremony/plan) <(grep -E "^($1) " n/ceremony/plan); }
holds 'the same times and numbers' same 'definition|households|changes|min-box|opens|closes|threshold|url'
holds 'keys, roll and log are new' test "$(diff early/c/ceremony/plan n/ceremony/plan | grep -cE '^> (origin|roll|issuer|log) ')" = 4
says 0 'the list is not that of' issue init o --again d --households h.csv --min-box 2 --unencrypted --nobody-may-miss
holds 'a number given by hand stands' grep -q '^min-box 2$' o/ceremony/plan
says 0 'more than half' issue init q --again early/c --min-box 4 --unencrypted --nobody-may-miss
says 0 'more than half' issue init r --again q --unencrypted --nobody-may-miss
holds 'a number that somebody chose is carried' grep -q '^min-box 4$' r/ceremony/plan
export YIHU_TEST_CLOCK=$((closes + 60))
says 1 'give --opens TIME' issue init p --again d --unencrypted --nobody-may-miss
says 0 'do not vote here' issue init p --again d --unencrypted --nobody-may-miss --opens 2027-06-01T00:00:00Z --closes 2027-06-02T00:00:00Z
plan
