# SPDX-License-Identifier: Apache-2.0
# Bare Debian systems in a folder, to build packages in and to try them. Source it;
# here is the tree. Each is unpacked from an archive that mmdebstrap makes once a
# release and that is kept in build/roots.

# The release's word for its number, or itself.
release_name() {
  case "$1" in
  12 | bookworm) echo bookworm ;;
  13 | trixie) echo trixie ;;
  *)
    echo "${0##*/}: '$1' is neither 12 nor 13" >&2
    return 2
    ;;
  esac
}
release_number() { case "$1" in bookworm) echo 12 ;; trixie) echo 13 ;; esac; }

# roots_can: whether there can be any here; says why not.
roots_can() {
  [ "$(id -u)" -eq 0 ] || { echo 'this takes root' && return 1; }
  command -v mmdebstrap >/dev/null || { echo 'mmdebstrap is not installed: tools/setup root' && return 1; }
}

# What this computer's apt was told of how packages are reached, the roots' apt is told too.
apt_ways() { apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-[^:]*)\b.* "[^"]+";$' || true; }

# apt_sources RELEASE: where this computer's apt has that Debian from, a line each; nothing where
# it has another, and then mmdebstrap knows.
apt_sources() {
  local keys=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -e $keys ] || keys=''
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    grep -E " $1(-[a-z-]+)? [a-z-]+\$" | sed "${keys:+s|^deb|deb [signed-by=$keys]|}" | sort -u || true
}

# root_make RELEASE DIR: a root that has apt and what a Debian cannot be without.
root_make() {
  local kept=$here/build/roots/$1.tar sources
  if [ ! -s "$kept" ]; then
    mkdir -p "$here/build/roots"
    apt_ways >"$here/build/roots/apt"
    sources=$(apt_sources "$1")
    nice mmdebstrap --quiet --mode=root --variant=apt --dpkgopt=force-unsafe-io --aptopt="$here/build/roots/apt" "$1" "$kept.new.tar" \
      ${sources:+-} <<<"$sources" ||
      { rm -f "$kept.new.tar" && return 1; }
    mv "$kept.new.tar" "$kept"
  fi
  mkdir -p "$2"
  tar -x --numeric-owner -C "$2" -f "$kept"
  cp -L /etc/resolv.conf "$2/etc/resolv.conf"
  echo force-unsafe-io >"$2/etc/dpkg/dpkg.cfg.d/no-wait" # it is thrown away: no file has to outlive a power cut
  echo '127.0.0.1 localhost' >"$2/etc/hosts"
}

# root_run ROOT SHARED COMMAND…: a command as root in it, with SHARED as /shared. Its mounts
# and its processes are its own: none is left when it ends.
root_run() {
  unshare --mount --pid --fork --kill-child -- bash -euc '
    root=$1 shared=$2
    shift 2
    mount --rbind /dev "$root/dev"
    mount --rbind /sys "$root/sys"
    mount -t proc proc "$root/proc"
    mkdir -p "$root/shared"
    mount --bind "$shared" "$root/shared"
    exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 LC_ALL=C.UTF-8 \
      DEBIAN_FRONTEND=noninteractive "$@"
  ' root "$@"
}
