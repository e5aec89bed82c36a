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
  pages) check 'the pages' there share/yihu/site/{board.html,verify.html,assets/{board.js,style.css,old.js}} \
    share/yihu/site/handbook/{zh.html,en.html,zh-01-begin.html,en-card-auditor.html,handbook.css} ;;
  manuals) check 'the manual pages' there $(printf 'share/man/man1/yihu-%s.1 ' "${programs[@]}") ;;
  esac
done

units=lib/systemd/system
check 'the daemon as a service' there $units/yihu-countd@.{service,socket} \
  lib/{sysusers,tmpfiles}.d/yihu-countd.conf share/yihu/yihu-alerts.yml
names=(yihu "${programs[@]/#/yihu-}")
check 'what shells complete' there "${names[@]/#/share/bash-completion/completions/}" \
  "${names[@]/#/share/zsh/site-functions/_}" $(printf 'share/fish/vendor_completions.d/%s.fish ' "${names[@]}")
check 'the API for programs' there share/yihu/{openapi.json,results.schema.json}
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
sanitize=()
[ "$sanitizers" = none ] || sanitize=("-fsanitize=$sanitizers")
built() { # compiler, source, program
  "$1" -Wall -Wextra -Werror "${sanitize[@]}" $(flags --cflags) "$2" -o "$3" $(flags --libs)
}
audits() { # program, wanted status, folder, id, more…
  local program=$1 wanted=$2 status
  shift 2
  LD_LIBRARY_PATH=$libdir "$work/$program" "$@"
  status=$?
  [ $status -eq "$wanted" ] || { echo "status $status" && return 1; }
}
eid_of() { sed -n 's/^ "eid": "\([0-9a-f]*\)",$/\1/p' "$vectors/$1/secrets.json"; }
nobody=$(printf '0%.0s' {1..64})

approval=$vectors/approval/public
check 'the example is built by pkg-config' built "$cc" "$in/share/doc/yihu/example.c" "$work/example"
check 'and a program that makes a receipt' built "$cc" "$here/receipt.c" "$work/receipt"
LD_LIBRARY_PATH=$libdir "$work/receipt" "$approval" 3 >"$work/third"
sed 's/^index 3$/index 4/' "$work/third" >"$work/fourth"
check 'the example verifies a folder' audits example 0 "$approval" "$(eid_of approval)"
check 'and a receipt' audits example 0 "$approval" "$(eid_of approval)" "$work/third"
check 'not the receipt of another place' audits example 1 "$approval" "$(eid_of approval)" "$work/fourth"
check 'nor a folder under another id' audits example 1 "$approval" "$nobody"
check 'nor one that is not there' audits example 1 "$work/none" "$nobody"

[ -n "$cxx" ] || { skip 'a program in C++' 'no C++ compiler' && plan && exit; }
check 'every header stands alone in C++' each_alone "$cxx" -std=c++11 -x c++
check 'a program in C++ is built' built "$cxx" "$here/audit.cc" "$work/audit"
for election in approval consent; do
  check "it verifies an election by $election" audits audit 0 "$vectors/$election/public" "$(eid_of $election)"
done
check 'it does not under another id' audits audit 1 "$approval" "$nobody"
cp -r "$approval" "$work/changed"
printf x >>"$work/changed/box"
check 'it finds a changed file' audits audit 1 "$work/changed" "$(eid_of approval)"
plan
