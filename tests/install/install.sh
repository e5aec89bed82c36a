#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `meson install` leaves: everything in its place, and a library that a
# program of somebody else's is built against.
# usage: install.sh BUILD_DIR PREFIX C_COMPILER C++_COMPILER|'' SANITIZERS WHAT…
#   WHAT: pages and manuals, when they are built
. "$(dirname "$0")/../lib/tap.sh"

build=$1 prefix=$2 cc=$3 cxx=$4 sanitizers=$5
shift 5
here=$(cd "$(dirname "$0")" && pwd)
vectors=$here/../data/vectors
root=$work/root
in=$root$prefix
DESTDIR=$root meson install -C "$build" --no-rebuild --quiet >"$work/install" 2>&1 || {
  sed 's/^/# /' "$work/install"
  echo 'Bail out! meson install failed'
  exit 1
}

there() { # path… below the prefix
  local path missing=0
  for path in "$@"; do [ -s "$in/$path" ] || { echo "$path is missing" && missing=1; }; done
  return $missing
}
programs=(issue trustee countd cast tally audit)
check 'the programs' there "${programs[@]/#/bin/yihu-}"
check 'the Chinese catalogue' there share/locale/zh_CN/LC_MESSAGES/yihu.mo
for what in "$@"; do
  case $what in
  pages) check 'the pages' there share/yihu/site/{board.html,verify.html,assets/{board.js,style.css,old.js}} ;;
  manuals) check 'the manual pages' there $(printf 'share/man/man1/yihu-%s.1 ' "${programs[@]}") ;;
  esac
done

units=lib/systemd/system
check 'the daemon as a service' there $units/yihu-countd@.{service,socket} \
  lib/{sysusers,tmpfiles}.d/yihu-countd.conf
check 'the unit starts the daemon that is installed' \
  grep -q "^ExecStart=$prefix/bin/yihu-countd /var/lib/yihu/%i " "$in/$units/yihu-countd@.service"
if command -v systemd-analyze >/dev/null; then
  mkdir "$work/units"
  cp "$in/$units/yihu-countd@.socket" "$work/units"
  # The program's place is not the one of this machine.
  sed "s,^ExecStart=,&$root," "$in/$units/yihu-countd@.service" >"$work/units/yihu-countd@.service"
  faults() { SYSTEMD_UNIT_PATH="$work/units:" systemd-analyze verify --man=no yihu-countd@e.{service,socket} 2>&1 | grep yihu; }
  quiet_units() { [ -z "$(faults | tee /dev/stderr)" ]; }
  check 'systemd finds no fault with the units' quiet_units
  confined() { systemd-analyze security --offline=true --threshold=12 "$work/units/yihu-countd@.service"; }
  check 'what the service could do to the computer is at most 1.2 of 10' confined
else
  skip 'systemd finds no fault with the units' 'no systemd-analyze'
  skip 'what the service could do to the computer is at most 1.2 of 10' 'no systemd-analyze'
fi

pc=$(find "$root" -name yihu-verify.pc)
export PKG_CONFIG_PATH=${pc%/*} PKG_CONFIG_SYSROOT_DIR=
flags() { pkg-config --define-variable=prefix="$in" "$@" yihu-verify; }
check 'pkg-config knows the library' flags --exists
libdir=$(flags --variable=libdir)
exports() { # what is not of the library: nothing but what sanitizers add
  ! nm -D --defined-only "$libdir/libyihu-verify.so" | awk '$2 ~ /^[TDBR]$/ && $3 !~ /^(yihu_|__)/ { print $3 }' | grep .
}
check "the library exports its own names alone" exports

each_alone() { # command…: every header by itself
  local header
  for header in "$in"/include/yihu/*.h; do
    "$@" -Wall -Wextra -Wpedantic -Werror -fsyntax-only $(flags --cflags) -include "$header" - <<<"int nothing;" || return
  done
}
check 'every header stands alone in C' each_alone "$cc" -std=c11 -x c
[ -n "$cxx" ] || { skip 'a program in C++' 'no C++ compiler' && plan && exit; }
check 'every header stands alone in C++' each_alone "$cxx" -std=c++11 -x c++

sanitize=()
[ "$sanitizers" = none ] || sanitize=("-fsanitize=$sanitizers")
check 'a program in C++ is built' "$cxx" -std=c++14 -Wall -Wextra -Werror "${sanitize[@]}" \
  $(flags --cflags) "$here/audit.cc" -o "$work/audit" $(flags --libs)
audits() { # wanted status, folder, id
  LD_LIBRARY_PATH=$libdir "$work/audit" "$2" "$3"
  local status=$?
  [ $status -eq "$1" ] || { echo "status $status" && return 1; }
}
eid_of() { sed -n 's/^ "eid": "\([0-9a-f]*\)",$/\1/p' "$vectors/$1/secrets.json"; }
for election in approval consent; do
  check "it verifies an election by $election" audits 0 "$vectors/$election/public" "$(eid_of $election)"
done
check 'it does not under another id' audits 1 "$vectors/approval/public" "$(printf '0%.0s' {1..64})"
cp -r "$vectors/approval/public" "$work/changed"
printf x >>"$work/changed/box"
check 'it finds a changed file' audits 1 "$work/changed" "$(eid_of approval)"
plan
