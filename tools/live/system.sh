#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In the bare root that becomes the stick's system: packages, the one user, and no network.
# The packages of Yihu are in /shared/packages, tools/live in /shared/live.
set -eu
cat >/etc/dpkg/dpkg.cfg.d/stick <<'END'
path-exclude=/usr/share/man/*
path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-include=/usr/share/doc/yihu*/*
path-exclude=/usr/share/locale/*
path-include=/usr/share/locale/zh_CN/*
path-include=/usr/share/locale/locale.alias
END
export INITRD=No # it is made once, at the end
apt-get -q update
apt-get -q -y install --no-install-recommends $(sed 's/#.*//' /shared/live/packages) /shared/packages/*.deb
cp -r --no-preserve=ownership /shared/live/root/. /
chmod 440 /etc/sudoers.d/yihu-stick
visudo -q -c

mkdir -p /etc/network # live-boot writes into it
echo yihu >/etc/hostname
printf '127.0.0.1 localhost yihu\n' >/etc/hosts
echo 'zh_CN.UTF-8 UTF-8' >/etc/locale.gen
locale-gen
echo 'LANG=zh_CN.UTF-8' >/etc/default/locale
# A committee's computer has the clock that Windows keeps: local time.
ln -sf /usr/share/zoneinfo/Asia/Shanghai /etc/localtime
printf '0.0 0 0.0\n0\nLOCAL\n' >/etc/adjtime

useradd --create-home --shell /bin/bash --groups lpadmin,video,audio,input clerk
install -d -o clerk -g clerk -m 700 /home/clerk/yihu
cat >/home/clerk/.profile <<'END'
[ "$(tty)" = /dev/tty1 ] && exec startx /usr/local/bin/yihu-session -- -nolisten tcp -quiet >"$XDG_RUNTIME_DIR/x.log" 2>&1
END
passwd --quiet --lock root

# Pinyin beside plain letters; Ctrl+Space or Super+Space goes from one to the other.
cat >/usr/share/glib-2.0/schemas/90_yihu-stick.gschema.override <<'END'
[org.freedesktop.ibus.general]
preload-engines=['xkb:us::eng','libpinyin']
use-global-engine=true
[org.freedesktop.ibus.general.hotkey]
triggers=['<Super>space','<Control>space']
END
/usr/lib/*/glib-2.0/glib-compile-schemas /usr/share/glib-2.0/schemas

# No network: the kernel knows no card, cable, radio or modem, before the stick's first
# program runs and after.
cd /lib/modules/*
rm -rf kernel/drivers/net kernel/net/wireless kernel/net/mac80211 kernel/net/bluetooth kernel/drivers/bluetooth \
  kernel/drivers/isdn kernel/drivers/firewire kernel/drivers/infiniband
depmod "${PWD##*/}"
update-initramfs -c -k all
cp "$(ls /boot/vmlinuz-*)" /shared/vmlinuz
cp "$(ls /boot/initrd.img-*)" /shared/initrd.img

systemctl mask swap.target hibernate.target suspend.target sleep.target apt-daily.timer apt-daily-upgrade.timer \
  e2scrub_all.timer fstrim.timer systemd-networkd-wait-online.service
systemctl set-default multi-user.target
apt-get clean
find /var/log -type f -delete
fc-cache --system-only # else each program reads all fonts at its start
rm -rf /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf /boot/vmlinuz-* /boot/initrd.img-* \
  /usr/share/doc-base /etc/dpkg/dpkg.cfg.d/no-wait /etc/apt/apt.conf.d/99mmdebstrap /etc/apt/sources.list* \
  /etc/resolv.conf
: >/etc/machine-id
