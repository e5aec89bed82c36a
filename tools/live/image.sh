#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In a second bare root: the system in /shared/root, packed, on an image that computers with
# BIOS and with UEFI start from (with Secure Boot, by the loader that is signed for Debian).
# One partition, of FAT; what a stick has beyond it is left to the encrypted folder.
# usage: image.sh EPOCH      leaves /shared/image
set -eu
export SOURCE_DATE_EPOCH="$1"
BEGINS=2048 # sectors of 512 bytes; before it is GRUB for BIOS
MODULES='biosdisk part_msdos fat linux normal configfile search echo test all_video gfxterm font'
cd /shared
apt-get -q update
apt-get -q -y install --no-install-recommends squashfs-tools dosfstools mtools fdisk grub-common grub-pc-bin \
  grub-efi-amd64-signed shim-signed

mksquashfs root filesystem.squashfs -quiet -no-progress -comp zstd -Xcompression-level 15 -noappend -wildcards \
  -e 'shared' 'proc/*' 'sys/*' 'dev/*' 'run/*' 'tmp/*'

# The partition has what lies in it and a little more.
used=$(cat filesystem.squashfs vmlinuz initrd.img | wc -c)
sectors=$(((used / 1048576 + 48) * 2048))
rm -f image
truncate -s $(((BEGINS + sectors) * 512)) image
printf 'label: dos\nlabel-id: 0x%s\nstart=%d, size=%d, type=c, bootable\n' 79696875 $BEGINS $sectors | sfdisk --quiet image
mkfs.vfat --invariant -F 32 -h $BEGINS -n YIHU -i 79696875 --offset $BEGINS image $((sectors / 2)) >/dev/null
at=image@@$((BEGINS * 512))
export MTOOLS_SKIP_CHECK=1
mmd -i $at ::/live ::/boot ::/boot/grub ::/EFI ::/EFI/BOOT ::/EFI/debian
mcopy -i $at filesystem.squashfs vmlinuz initrd.img ::/live/
mcopy -i $at live/grub.cfg /usr/share/grub/unicode.pf2 ::/boot/grub/
mcopy -i $at /usr/lib/shim/shimx64.efi.signed ::/EFI/BOOT/BOOTX64.EFI
mcopy -i $at /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed ::/EFI/BOOT/grubx64.efi
mcopy -i $at /usr/lib/shim/mmx64.efi.signed ::/EFI/BOOT/mmx64.efi
mcopy -i $at live/grub.cfg ::/EFI/debian/grub.cfg

# GRUB for BIOS: its first 440 bytes, which load the sectors behind them, and those.
pc=/usr/lib/grub/i386-pc
grub-mkimage -O i386-pc -d $pc -p '(,msdos1)/boot/grub' -o core.img $MODULES
[ "$(wc -c <core.img)" -lt $(((BEGINS - 1) * 512)) ]
dd if=$pc/boot.img of=image bs=440 count=1 conv=notrunc status=none
printf '\220\220' | dd of=image bs=1 seek=102 conv=notrunc status=none # the disk that the BIOS names is the one
dd if=core.img of=image bs=512 seek=1 conv=notrunc status=none
