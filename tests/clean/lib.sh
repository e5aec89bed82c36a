# SPDX-License-Identifier: Apache-2.0
# What the scripts beside this one share: results as TAP, and the last line
# "N passed, N failed". Source it; it sets root, work (removed at the end) and
# jobs. Builds go to build/clean-NAME, or to YIHU_CLEAN_BUILDS-NAME if that is set.
set -uo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=${JOBS:-$(nproc)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
cd "$root" || exit 1

n=0
# result NAME FILE: passes when FILE, which holds what was found, is empty.
result() {
  n=$((n + 1))
  if [ -s "$2" ]; then
    sed 's/^/# /' "$2"
    echo "not ok $n - $1"
    failed=$((failed + 1))
  else
    echo "ok $n - $1"
    passed=$((passed + 1))
  fi
}

# skip NAME WHY
skip() {
  n=$((n + 1))
  echo "ok $n - $1 # SKIP $2"
  skipped=$((skipped + 1))
}

# has PROGRAM MAJOR: other versions find and lay out other things.
has() {
  command -v "$1" >/dev/null && "$1" --version | grep -q " version $2\b\|^Cppcheck $2\b"
}

# The C files of the project.
sources() {
  find "$@" -name '*.[ch]' -not -path '*/node_modules/*' | LC_ALL=C sort
}

# The TypeScript, the tests' scripts and the style sheets.
scripts() {
  find src tools tests \( -name '*.ts' -o -name '*.mjs' -o -name '*.css' \) -not -path '*/node_modules/*' |
    LC_ALL=C sort
}

# build_of NAME MESON-OPTION…: sets build, a configured folder; nothing is compiled.
build_of() {
  build=${YIHU_CLEAN_BUILDS:-$root/build/clean}-$1
  shift
  if [ ! -f "$build/build.ninja" ]; then
    mkdir -p "$(dirname "$build")"
    meson setup "$build" "$root" -Dpages=disabled "$@" >"$work/setup" || { cat "$work/setup"; exit 1; }
  fi
}

# Under meson, which sets YIHU_TAP, the TAP says it all.
finish() {
  if [ -n "${YIHU_TAP:-}" ]; then
    echo "1..$n"
  else
    echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
  fi
  [ "$failed" = 0 ]
}
