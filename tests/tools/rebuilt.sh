#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Looking at a box, copying it, making it again.
. "$(dirname "$0")/lib.sh"
inputs
election d >made 2>&1 || sed 's/^/# /' made

state() { (cd "$1" && find . -printf '%p %T@ %s\n' | sort && find . -type f | sort | xargs sha256sum); }
# untouched NAME BOX COMMAND …: it leaves the folder as it was.
untouched() {
  local name=$1 box=$2
  shift 2
  state "$box" >before
  says "$@"
  state "$box" >after
  holds "$name" cmp before after
}

mkdir empty && cp -r d/box/public empty/ && cp d/box/log.key empty/ && rm -r empty/public/log
untouched 'no box is made to be checked' empty 1 'has no box.db' countd --check empty
untouched 'no box is made to be copied' empty 1 'has no box.db' countd empty --backup copy
holds 'and no copy is there' test ! -e copy
untouched 'nothing changes when a box is checked' d/box 0 'is sound: 1 entries' countd --check d/box
untouched 'nor when it is copied' d/box 0 'never-start-from-this: the copy is complete' \
  countd d/box --backup .
says 1 'already there' countd d/box --backup .

says 2 '--from belongs to --rebuild' countd d/box --from .
says 2 'different calls' countd d/box --rebuild --check
says 2 'are for the running daemon' countd d/box --check --not-before d/box/public/log/checkpoint
rm d/box/box.db
says 0 'd/box/box.db is gone' issue status d
says 1 'has no box.db' countd --check d/box
says 1 'no-such' countd d/box --rebuild --from no-such
holds 'nothing was made yet' test ! -e d/box/box.db -a ! -e d/box/rebuilt
says 0 'start it once so: yihu-countd d/box --moved' countd d/box --rebuild --from copy-of-box.db-never-start-from-this
says 1 'nothing was left that says where it lived' countd d/box
says 0 'is sound: 1 entries' countd --check d/box
rm d/box/box.db d/box/mark
says 1 'how far its log was signed is not known' countd d/box --rebuild
says 1 'call the election off' tally close d
says 0 'takes no ballot and signs nothing' issue status d
# Once the poll's end is signed there is no calling off.
touch d/box/public/log/at-close
says 0 'the election cannot be called off either' issue status d
plan
