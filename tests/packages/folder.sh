#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the stick's own program (tools/live) takes a stick for: a new one, whose folder may be made,
# or one whose folder must never be made again. The stick is a file; what would change it is
# written down and not done. And what tools/stick refuses.
# usage: folder.sh
here=$(cd "$(dirname "$0")/../.." && pwd)
. "$here/tests/lib/tap.sh"
export PATH=$PATH:/usr/sbin:/sbin
need sfdisk
helper=$here/tools/live/root/usr/local/sbin/yihu-stick
disk=$work/disk sector=512
mkdir "$work/bin"
fake() { # NAME: the rest of it on standard input
  { printf '#!/bin/sh\n' && cat; } >"$work/bin/$1"
  chmod 755 "$work/bin/$1"
}
fake findmnt <<END
case "\$*" in *medium*) echo ${disk}1 ;; *) exit 1 ;; esac
END
fake lsblk <<END
echo $disk
END
fake blockdev <<'END'
stat -c %s "$2"
END
# All that makes one; whether LUKS is there it says itself.
fake cryptsetup <<END
case "\$1" in
isLuks) head -c 6 "\$2" | grep -q LUKS ;;
*) echo "\$*" >>$work/done && exit 1 ;;
esac
END
for name in partx udevadm mkfs.ext4 mount; do
  fake $name <<END
echo "$name \$*" >>$work/done
END
done
stick() { PATH=$work/bin:$PATH "$helper" "$@"; }

# disk_of MEGABYTES [TYPE [BEGIN]]: the system takes 64 of them; the second partition all others.
disk_of() {
  rm -f "$disk" "$disk"2
  truncate -s "$1M" "$disk"
  {
    echo 'label: dos'
    echo 'start=2048, size=131072, type=c'
    [ -z "${2:-}" ] || echo "type=$2"
  } | sfdisk --quiet "$disk"
  truncate -s "$(($1 - 66))M" "$disk"2
  [ -z "${3:-}" ] || printf '%s' "$3" | dd of="$disk"2 conv=notrunc status=none
}
is() { [ "$(stick state)" = "$1" ] || { stick state && return 1; }; }
begins() { [[ "$(stick state)" = "$1 "* ]] || { stick state && return 1; }; }

disk_of 512
check 'a stick that was never used is new' begins new
disk_of 200
check 'one without room for a folder is small' begins small
disk_of 512 da
check 'one whose folder was begun and not finished is new' begins new
disk_of 512 e8 LUKS
check 'one with a folder is locked' is locked

heads() { head -q -c 2M "$disk" "$disk"2 | sha256sum; }
# refused: is nothing made, and nothing changed?
refused() {
  local before
  before=$(heads)
  : >"$work/done"
  ! printf 'a passphrase' | stick make && [ ! -s "$work/done" ] && [ "$(heads)" = "$before" ]
}
check 'whose folder is not made again' refused
disk_of 512 e8
check 'one with a folder that cannot be read is broken' is broken
check 'whose folder is not made again, either' refused
disk_of 512 83
check 'one with something else on it is broken, too' is broken
check 'and is left as it is' refused
disk_of 200
check 'a small one is left as it is' refused
disk_of 512
: >"$work/done"
printf 'a passphrase' | stick make >/dev/null 2>&1
made() { grep -q "luksFormat .* ${disk}2$" "$work/done" && [ "$(sfdisk --part-type "$disk" 2)" = da ]; }
check 'a new one gets its partition, which is not finished before LUKS is' made
hidden() { ! grep -q 'a passphrase' "$work/done"; }
check 'and the passphrase stands on no command line' hidden

# ---- tools/stick ----
says() { # STATUS WORDS ARGUMENT…
  local status=0 wanted=$1 words=$2
  shift 2
  "$here/tools/stick" "$@" >"$work/said" 2>&1 || status=$?
  cat "$work/said"
  [ $status -eq "$wanted" ] && grep -q -- "$words" "$work/said"
}
check 'tools/stick --help says how it is used' says 0 '^usage: tools/stick' --help
check 'it refuses an option that there is not' says 2 '^usage: tools/stick' --now
check 'and a Debian' says 2 "'11' is neither" 11
check 'and a folder without packages' says 1 'has no packages: tools/package --release 13' 13 "$work"
plan
