# SPDX-License-Identifier: Apache-2.0
# Tests in shell: results as TAP. Source it, check, and end with plan.
#
#   . "$(dirname "$0")/../lib/tap.sh"
#   need pdftotext qpdf
#   check 'the file is there' test -s "$work/file"
#   plan
#
# It sets work, a folder that goes at the end; whoever wants it elsewhere sets it
# first. A script with more to end than that defines at_end.
set -u
set -o pipefail

work=${work:-$(mktemp -d)}
tests=0 passed=0 failed=0 skipped=0
at_end() { :; }
trap 'at_end; cd / && rm -rf "$work"' EXIT

# result STATUS NAME [FILE (what the last check printed)]: one test, passed when
# STATUS is 0; else FILE stands before its line.
result() {
  local name=${2//#/ }
  name=${name//$'\n'/ }
  tests=$((tests + 1))
  if [ "$1" -eq 0 ]; then
    passed=$((passed + 1))
    echo "ok $tests - $name"
  else
    failed=$((failed + 1))
    tail -n 100 "${3:-$work/out}" 2>/dev/null | sed 's/^/# /'
    echo "not ok $tests - $name"
  fi
}

# check NAME COMMAND…: the command succeeds. What it prints is in $work/out.
check() {
  local name=$1
  shift
  "$@" >"$work/out" 2>&1
  result $? "$name"
}

# empty NAME FILE: there is nothing in FILE, a list of what is wrong.
empty() {
  local status=0
  [ ! -s "$2" ] || status=1
  result $status "$1" "$2"
}

# skip NAME WHY: one test that cannot be made here.
skip() {
  tests=$((tests + 1))
  skipped=$((skipped + 1))
  echo "ok $tests - $1 # SKIP $2"
}

# skip_all WHY: none can, and none was.
skip_all() {
  echo "1..0 # SKIP $1"
  exit 0
}

# need PROGRAM…: without these there is no test.
need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || skip_all "$program is not installed"
  done
}

plan() { echo "1..$tests"; }
