#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What is destroyed is gone: letters, changes under way and earlier key files
# are looked for in the raw bytes of the disk, before each act and after it.
# usage: destroyed.sh MEDIUM. ext4, fat: an image that is mounted. links: without
# root, hard links made before each act stand for the blocks that it frees.
. "$(dirname "$0")/lib.sh"
medium=$1
disk=$work/disk image=$work/image
mkdir "$disk"

mount_image() { # skipped, when that cannot be
  truncate -s 80M "$image" && "mkfs.$1" -q "$image" >out 2>&1 || "mkfs.$1" "$image" >out 2>&1 ||
    skip_all "there is no mkfs.$1"
  mount -t "$1" -o loop "$image" "$disk" 2>out || skip_all "no $1 image can be mounted here: $(tail -n 1 out)"
}

kernel_knows() { grep -qw "$1" /proc/filesystems || modprobe "$1" 2>/dev/null; }

# The same test in a kernel of its own, which has FAT. It sees this machine's
# files, and writes to the folder it is given alone.
in_a_user_mode_kernel() {
  command -v linux.uml >/dev/null || skip_all 'this kernel has no vfat, and linux.uml (user-mode-linux) is not here'
  linux.uml mem=1G root=/dev/root rootfstype=hostfs rootflags=/ ro con=null con0=null quiet \
    YIHU_PROGRAMS="$YIHU_PROGRAMS" YIHU_LOCALEDIR="$YIHU_LOCALEDIR" LC_ALL=C.UTF-8 LANGUAGE=en \
    YIHU_SANITIZED="${YIHU_SANITIZED:-}" init="$here/uml.sh" -- "$work" "$here/destroyed.sh" fat \
    >out 2>&1 </dev/null
  [ -s said ] || skip_all "a user-mode kernel does not run here: $(tail -n 1 out)"
  cat said
  exit 0
}

mounted=
case $medium in
ext4)
  [ "$(id -u)" = 0 ] || skip_all 'mounting an ext4 image needs root'
  mount_image ext4
  mounted=1
  ;;
fat)
  [ "$(id -u)" = 0 ] && kernel_knows vfat || in_a_user_mode_kernel
  mount_image vfat
  mounted=1
  echo "# FAT by the kernel $(uname -r)"
  ;;
links) mkdir "$work/seen" ;;
esac
at_end() { cd / && { [ -z "$mounted" ] || umount "$disk"; }; }
cd "$disk" || exit 1
inputs

# Before each act, and before a search, what is on the disk now gets a second
# name, so that its bytes can be read when the first one is gone.
look() {
  [ "$medium" = links ] || return 0
  find "$disk" -type f ! -name '.*.lock' | while read -r f; do
    ln -f "$f" "$work/seen/$(stat -c %i "$f")"
  done
}
act() {
  look
  holds "$@"
}
raw() { # the disk, whole
  if [ "$medium" = links ]; then
    find "$work/seen" "$disk" -type f -exec cat {} + >"$image"
  else
    sync -f "$disk"
  fi
}
carve() {
  local verb=$1
  shift
  raw && python3 "$here/carve.py" "$verb" "$image" "$@"
}
remember() { # as needles: KIND FILE
  look
  python3 "$here/carve.py" "$@" >>"$work/$1"
}

# Programs with AddressSanitizer do not run in a user-mode kernel: there the calls
# that they all make are tried, by a program of their own.
key_text() {
  printf 'yihu-key-v1\nrole trustee\npublic x\nkdf none\nplain '
  head -c 900 /dev/urandom | base64 -w 0 && echo
}
calls_alone() {
  local secret_file=$YIHU_PROGRAMS/secret_file i
  for i in 1 2 3 4; do
    key_text >"$work/text"
    holds "generation $i of a key file" sh -c "'$secret_file' write k1 <'$work/text'"
    holds 'it is there' cmp k1 "$work/text"
    [ -e k1 ] && remember generation k1
  done
  holds 'and found on the disk' carve keys k1
  holds 'no piece of an earlier one is' carve none "$work/generation" k1
  cp k1 "$work/last"
  holds 'erased' "$secret_file" erase k1
  mkdir letters letters/qr
  for i in 1 2 3; do key_text >letters/qr/$i; done
  cp letters/qr/3 "$work/letter"
  python3 "$here/carve.py" generation "$work/letter" >"$work/letters"
  holds 'a folder is found on the disk' carve all "$work/letters"
  holds 'and erased' "$secret_file" erase-dir letters
  holds 'no piece of it is there' carve none "$work/letters"
  holds 'nor of the key file' carve none "$work/generation"
  plan
  exit 0
}
[ "$medium" = fat ] && [ -n "${YIHU_SANITIZED:-}" ] &&
  [ -d /usr/lib/uml/modules/"$(uname -r)" ] && calls_alone

keep_keys() { for k in k1 k2; do remember generation $k; done; }

earlier_keys_are_gone() {
  holds "$1: no earlier key file is there" carve keys k1 k2 d/secret/issuer.key d/box/log.key
  holds "$1: nor a piece of one" carve none "$work/generation" k1 k2
}

# A user-mode kernel takes half a minute for the memory that passphrases want.
keyed() {
  if [ "$medium" = fat ]; then
    trustee "$@"
  else
    setsid -w "$YIHU_PROGRAMS/yihu-trustee" "$@" $(seen "$1") --passphrase-fd 5 5<<<'the holder' </dev/null
  fi
}
plainly=--unencrypted
[ "$medium" = fat ] || plainly=
act 'init' issue init d --election e.pb --households h.csv --opens 2026-06-01T00:00:00Z \
  --closes 2026-06-02T00:00:00Z --holders 2 --threshold 2 --nobody-may-miss --min-box 1 --unencrypted
act 'a key with a passphrase' keyed announce d --index 1 --name a --key k1 $plainly
act 'and one without' trustee announce d --index 2 --name b --key k2 --unencrypted
keep_keys
holds 'the key files are found on the disk' carve all "$work/generation"
act 'deal' keyed ceremony d --key k1 --key k2
keep_keys
holds 'with their polynomials too' carve keys k1 k2 d/secret/issuer.key d/box/log.key
earlier_keys_are_gone deal
act 'charter' issue charter d
act 'accept' keyed ceremony d --key k1 --key k2
keep_keys
earlier_keys_are_gone accept

act 'letters' issue letters d --lang en --skip-rehearsal test
remember letters d/letters
holds 'the letters are found on the disk' carve all "$work/letters" text
# The letter cannot be printed: the change stays under way.
mv d/letters/pdf d/letters/away && : >d/letters/pdf
look
says 1 'pdf' issue replace d 2
remember pending d/secret/pending
holds 'the change under way is found on the disk' carve all "$work/pending"
rm d/letters/pdf && mv d/letters/away d/letters/pdf
look
says 1 'is written now' issue replace d 2
holds 'once it is ended, it is not' carve none "$work/pending"
act 'another one' issue replace d 3
act 'an added one' issue add d 'C 1' --reason moved-in
remember letters d/letters
holds 'all letters are found on the disk' carve all "$work/letters" text
act 'the letters are destroyed' issue shred-letters d --printed 7
holds 'their codes, tokens and seeds are gone' carve none "$work/letters"
holds 'and so are pages and pictures' carve papers

export YIHU_TEST_CLOCK=$((closes + 10))
act 'close' tally close d
act 'sign' issue sign d
act 'publish' tally publish d
for k in 'k1 keyed' 'k2 trustee'; do
  look
  says 0 'Now destroy the stick itself' ${k#* } retire d --key "${k% *}"
done
earlier_keys_are_gone retire

# The log key goes into the archive, and with that when the server has the box.
act 'handover' issue handover d --url http://127.0.0.1:9
holds 'the log key is in the archive' test -s d/handover.tar -a ! -e d/box/log.key
look
says 1 'http://127.0.0.1:9' issue handover d --url http://127.0.0.1:9 --arrived
holds 'which stays until the server has it' test -s d/handover.tar
plan
