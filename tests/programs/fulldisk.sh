#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Letters on disks that are full after ever more bytes: an error that says so
# and nothing half-written, until there is room.
# usage: fulldisk.sh SOURCE_DIR BUILD_DIR

if [ "${3:-}" != inside ]; then
  # A mount of our own, by root or in a user's name space; else there is no test.
  for way in 'unshare -m' 'unshare -rm'; do
    $way sh -c 'mount -t tmpfs -o size=64k tmpfs /mnt' 2>/dev/null && exec $way "$0" "$1" "$2" inside
  done
fi
. "$(dirname "$0")/../lib/tap.sh"
[ "${3:-}" = inside ] || skip_all 'no small disk can be mounted here'

disk=$work/disk
at_end() { umount "$disk" 2>/dev/null; }
export LC_ALL=C.UTF-8 LANGUAGE=en TZ=CST-8 PATH="$2/tools:$PATH"
{ echo building,room && for i in 1 2 3 4 5 6 7 8; do echo "A,$i"; done; } >"$work/list.csv"
d=$work/e
{
  yihu-issue init "$d" --election "$1/ballots/pocket-park/election.pb" --households "$work/list.csv" \
    --opens '2037-06-01 08:00' --closes '2037-06-07 20:00' --holders 1 --threshold 1 --nobody-may-miss --unencrypted --seen
  yihu-trustee ceremony "$d" --key "$work/key" --name Wang --unencrypted && yihu-issue charter "$d" --seen
  yihu-trustee ceremony "$d" --key "$work/key" --seen && yihu-issue charter "$d"
} >"$work/log" 2>&1
mkdir "$disk"

# Everything or nothing, and an error when it is nothing.
tried=0 failed=0
on_disk_of() { # KiB
  local e=$disk/e status
  mount -t tmpfs -o "size=${1}k" tmpfs "$disk" && cp -r "$d" "$e" || return 1
  yihu-issue letters "$e" --lang en --skip-rehearsal test >"$work/said" 2>&1
  status=$?
  tried=$((tried + 1))
  cat "$work/said"
  if [ $status != 0 ]; then
    failed=$((failed + 1))
    # Once valid (the box alone is missing), letters stay; else all of them are gone.
    if [ -e "$e/box/public/register" ]; then
      [ "$(ls "$e/letters/qr" | wc -l)" = 16 ] || return 1
    else
      [ ! -e "$e/letters" ] && [ ! -e "$e/.letters-new" ] || return 1
    fi
    grep -qiE 'no space left|disk|full' "$work/said" || return 1
    # With room, the next run ends it; what was complete by then, it leaves alone.
    mount -o remount,size=99m "$disk" || return 1
    yihu-issue letters "$e" --lang en --skip-rehearsal test || [ -s "$e/box/public/log/checkpoint" ] || return 1
  fi
  [ "$(ls "$e/letters/qr" | wc -l)" = 16 ] && [ -s "$e/box/public/register" ] &&
    [ -s "$e/box/public/log/checkpoint" ] && [ -e "$e/letters/pdf/001-A.pdf" ] || return 1
  mount -o remount,size=99m "$disk" && yihu-issue void "$e" 3 --seen || return 1
  umount "$disk"
}
had=$(du -sk --apparent-size "$d" | cut -f 1)
files=$(find "$d" | wc -l)
from=$((had + 4 * files + 8))
all_sizes() {
  local size before enough=0
  # In small steps, until there was room three times one after the other.
  for ((size = from; size < from + 1440 && enough < 3; size += 32)); do
    before=$failed
    on_disk_of $size || { echo "at $size KiB" && return 1; }
    if [ $failed = "$before" ]; then enough=$((enough + 1)); else enough=0; fi
  done
}
check 'a disk that is full at any moment leaves all or nothing, and says so' all_sizes
check 'it was full at several moments' [ $failed -ge 4 ]
check 'it was large enough in the end' [ $((tried - failed)) -ge 3 ]
echo "# full $failed times of $tried"
plan
