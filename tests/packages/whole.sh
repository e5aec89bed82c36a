#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The packages of tools/package as a committee has them: installed by apt in a bare root, used
# for a whole election, upgraded in the middle of its poll, audited in a second root that has
# yihu-audit alone, and removed. Some minutes; needs root, mmdebstrap and Debian's packages.
# usage: tests/packages/whole.sh [12|13] [PACKAGES]
#   PACKAGES: what tools/package made for that Debian (default: build/packages/NAME)
here=$(cd "$(dirname "$0")/../.." && pwd)
. "$here/tests/lib/tap.sh"
. "$here/tools/root.sh"
release=$(release_name "${1:-12}") || exit 2
packages=$(realpath -m "${2:-$here/build/packages/$release}")
why=$(roots_can) || skip_all "$why"
ls "$packages"/yihu_*.deb >/dev/null || { echo "Bail out! no packages there: tools/package --release $release" && exit 1; }
at_end() { [ -z "${trial:-}" ] || kill "$trial" 2>/dev/null; }

mkdir -p "$work/shared"/{packages,newer,input,tools} "$work/auditor"
cp "$packages"/*.deb "$work/shared/packages"
cp "$here"/ballots/pocket-park/{election.pb,households.csv} "$work/shared/input"
cp "$here/tests/lib/tap.sh" "$here/tools/election.sh" "$here/tests/packages/in_root.sh" "$work/shared/tools"
cp "$packages"/yihu-{audit,common}_*.deb "$work/auditor"

# The next revision: the same files, under a version that is one more.
next_revision() {
  local package version
  for package in "$packages"/yihu*.deb; do
    rm -rf "$work/unpacked"
    dpkg-deb -R "$package" "$work/unpacked" || return
    version=$(dpkg-deb -f "$package" Version)
    sed -i "s/$(printf '%s' "$version" | sed 's/[.+~]/\\&/g')/&.1/g" "$work/unpacked/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$work/unpacked" "$work/shared/newer" || return
  done
}
# What each is made of, by its name and its architecture.
sboms() {
  local package
  for package in "$packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work" --wildcards './usr/share/doc/*/sbom-*.spdx.json' || return
  done
  "$here/tests/packages/sbom.py" --read "$work"/usr/share/doc/*/sbom-*.spdx.json
}
check 'each package says what it is made of' sboms
check 'the next revision is packed' next_revision
check 'a bare root' root_make "$release" "$work/root"
check 'and one for the auditor' root_make "$release" "$work/other"
[ $failed -eq 0 ] || { plan && exit 1; }

started=$SECONDS
root_run "$work/root" "$work/shared" bash /shared/tools/in_root.sh >"$work/trial" 2>&1 &
trial=$!
auditor() { root_run "$work/other" "$work/auditor" "$@"; }
check 'an auditor installs two packages' \
  auditor sh -c 'dpkg-query -W >/shared/before; apt-get -q update && apt-get -q -y install /shared/*.deb && dpkg-query -W >/shared/after'
# Debian 13 itself has SQLite.
diff "$work/auditor/before" "$work/auditor/after" | grep -E '^> .*(sqlite|microhttpd|chromium|yihu-countd)' >"$work/unwanted"
empty 'which bring no SQLite, server or browser' "$work/unwanted"
until [ -s "$work/shared/published" ] || ! kill -0 $trial 2>/dev/null; do sleep 1; done
if read -r eid url 2>/dev/null <"$work/shared/published"; then
  cp -r "$work/shared"/{public,receipt} "$work/auditor"
  check 'they audit the folder' auditor yihu-audit /shared/public --eid "$eid" --receipt /shared/receipt
  check 'and the server' auditor yihu-audit "$url" --eid "$eid"
  check 'and refuse another id' auditor sh -c "! yihu-audit /shared/public --eid $(printf '0%.0s' {1..64})"
fi
touch "$work/shared/audited"
wait $trial
trial=''
sed 's/^/    /' "$work/trial"
whole() { tail -n 1 "$work/trial" | grep -q '^1\.\.' && ! grep '^not ok' "$work/trial"; }
check 'a whole election by what apt installed' whole
[ ! -s "$work/shared/window.png" ] || cp "$work/shared/window.png" "$packages"
echo "# $release: $((SECONDS - started)) s"
plan
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
