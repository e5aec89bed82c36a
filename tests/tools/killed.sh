#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The programs killed at their calls that change the disk, SQLite's too: the
# next run goes on, and the folder comes to the same end.
# usage: killed.sh [all]: of each kind of call at all of them, and not only at the
# first, second, third, fifth, eighth …
. "$(dirname "$0")/lib.sh"
if ! strace -qq -o /dev/null true 2>/dev/null; then
  skip_all 'strace does not run here'
fi
all=${1:+yes}
inputs

# Other calls, and all of these in one process, are cut in tests/holder and tests/issue.
calls='fsync fdatasync renameat linkat unlink pwrite64'

# kill_at CALL N PROGRAM ARGUMENT …: 137 when it was killed, else its own status.
kill_at() {
  local call=$1 n=$2 program=$3
  shift 3
  # The inner shell's word on the killed one goes nowhere.
  (
    strace -f -qq -o /dev/null -e trace="$call" -e inject="$call:signal=KILL:when=$n" \
      "$YIHU_PROGRAMS/yihu-$program" "$@" $(seen "$1") </dev/null >/dev/null 2>&1
    exit $?
  ) 2>/dev/null
}

# A copied box is at home where it was copied from; for the runs after this one
# it lives here.
live_here() {
  [ ! -e d/box/box.db ] || python3 -c '
import os, sqlite3
here = os.path.realpath("d/box")
with sqlite3.connect("d/box/box.db") as db:
    db.execute("UPDATE home SET path = ?, folder = ?", (here, str(os.stat(here).st_ino)))
'
}

# killed NAME CHECK PROGRAM ARGUMENT …: from base/, at each call, then again, and
# then CHECK must succeed in the folder.
killed() {
  local name=$1 check=$2 places=0 bad=0 call n
  shift 2
  for call in $calls; do
    local before=1 next
    for ((n = 1; n < 100; n = next)); do
      next=$((n + before)) before=$n
      [ -z "$all" ] || next=$((n + 1))
      rm -rf work && cp -a base work && cd work && live_here || exit 1
      kill_at "$call" "$n" "$@"
      local status=$?
      [ $status -eq 137 ] && places=$((places + 1))
      "$1" "${@:2}" >../again 2>&1
      if ! $check >../checked 2>&1; then
        bad=$((bad + 1))
        echo "# $call $n:"
        sed 's/^/# /' ../again ../checked
      fi
      cd ..
      [ $status -eq 137 ] || break
    done
  done
  echo "# $name: killed at $places places"
  [ $places -gt 3 ] && [ $bad -eq 0 ]
  result $? "$name"
}

state_is() { issue status d | grep "d: $1\." >/dev/null; }

mkdir base && cp e.pb h.csv base
is_drafted() { state_is drafted && test -z "$(find . -name '.d.new')"; }
killed 'init' is_drafted issue init d --election e.pb --households h.csv \
  --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z --holders 1 --threshold 1 \
  --min-box 1 --nobody-may-miss --unencrypted

(cd base && init d --holders 1 --threshold 1 --min-box 1 --nobody-may-miss) >/dev/null 2>&1
killed 'announce' 'state_is announced' trustee announce d --index 1 --name a --key k --unencrypted

(cd base && trustee ceremony d --key k --name a --unencrypted && issue charter d &&
  trustee ceremony d --key k && issue charter d) >/dev/null 2>&1
letters_hold() {
  state_is issued && test "$(find d/letters -name '*.png' | wc -l)" -eq 4 &&
    test "$(wc -l <d/letters/list.csv)" -eq 5 && test ! -e d/.letters-new
}
killed 'letters' letters_hold issue letters d --skip-rehearsal test

(cd base && issue letters d --skip-rehearsal test) >/dev/null 2>&1
letter_holds() {
  test -s d/letters/qr/0005.svg && test -s d/letters/qr/0005.png && test ! -e d/secret/pending &&
    test "$(grep -c '^"	0005",' d/letters/changed.csv)" -eq 1
}
killed 'replace' letter_holds issue replace d 1

export YIHU_TEST_CLOCK=$((closes + 60))
killed 'close' 'state_is closed' tally close d

(cd base && tally close d && issue sign d) >/dev/null 2>&1
killed 'publish' 'state_is published' tally publish d
plan
