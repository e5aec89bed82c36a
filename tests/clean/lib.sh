# SPDX-License-Identifier: Apache-2.0
# What the scripts beside this one share beyond tap.sh: a last line "N passed, N
# failed". Source it; it sets root and jobs. Builds go to build/clean-NAME, or to
# YIHU_CLEAN_BUILDS-NAME if that is set.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/tap.sh"
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=${JOBS:-$(nproc)}
cd "$root" || exit 1

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
    plan
  else
    echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
  fi
  [ "$failed" = 0 ]
}
