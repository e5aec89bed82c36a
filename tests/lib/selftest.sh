#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What every other verdict stands on: tap.sh, and count.py over a run of meson.
. "$(dirname "$0")/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)

# says COMMANDS WANTED: a script of these commands prints that.
says() { diff <(printf '%s\n' "$2") <(bash -c ". '$here/tap.sh'; $1" 2>&1); }
check 'what succeeds is ok' says 'check "a #1" true; plan' $'ok 1 - a  1\n1..1'
check 'what fails is not, and is shown' says 'check a sh -c "echo why; exit 3"; plan' $'# why\nnot ok 1 - a\n1..1'
check 'a list of nothing is ok' says ': >"$work/l"; empty a "$work/l"' 'ok 1 - a'
check 'a list of something is not' says 'echo x >"$work/l"; empty a "$work/l"' $'# x\nnot ok 1 - a'
check 'what is skipped is counted' says 'skip a "no b"; check c true; plan' $'ok 1 - a # SKIP no b\nok 2 - c\n1..2'
check 'without a program there is no test' says 'need sh no-such-program; echo more' '1..0 # SKIP no-such-program is not installed'
check 'the folder goes, and what a script ends' says 'at_end() { ls "$work"; }; mkdir "$work/a"; echo "$work" >/dev/fd/3' a 3>"$work/was"
check 'so it did' test ! -e "$(cat "$work/was")"

program() { # suite, name, result, seconds, TAP
  printf '{"name": "yihu:%s / %s", "result": "%s", "duration": %s, "stdout": "%s"}\n' "$@"
}
# counts STATUS-OF-MESON WANTED-STATUS WANTED: of the log on stdin.
counts() {
  cat >"$work/log"
  python3 "$here/../count.py" "$work/log" "$1" >"$work/counted" 2>&1
  local status=$?
  diff <(printf '%s\n' "$3") "$work/counted" && [ $status -eq "$2" ]
}
two() {
  program box a OK 1.5 'ok 1 - x\n1..1'
  program log+audit b OK 20.25 'ok 1 - y\nok 2 - z # SKIP no w\n1..2'
  program box c OK 3 'ok 1 - x\n1..1'
}
check 'a suite has its seconds and tests, the longest first' counts 0 0 "\
    20.2 s  log+audit    1 passed, 0 failed, 1 skipped
     4.5 s  box          2 passed, 0 failed
3 passed, 0 failed, 1 skipped" < <(two)
check 'a test that failed is named' counts 1 1 "\
yihu:box / d: not ok 2 - y
     1.0 s  box          1 passed, 1 failed
1 passed, 1 failed" < <(program box d FAIL 1 'ok 1 - x\nnot ok 2 - y\n1..2')
check 'and what it said, before and after' counts 1 1 "\
yihu:box / d: not ok 2 - y
# why
# 3 ms
     1.0 s  box          2 passed, 1 failed
2 passed, 1 failed" < <(program box d FAIL 1 '1..3\nok 1 - x\n# why\nnot ok 2 - y\n# 3 ms\nok 3 - z\n# z')
check 'a program that ended before its verdict failed' counts 1 1 "\
yihu:box / d: TIMEOUT
     1.0 s  box          1 passed, 1 failed
1 passed, 1 failed" < <(program box d TIMEOUT 1 'ok 1 - x')
check 'a run that failed without a word failed' counts 2 1 "\
meson test ended with 2
     1.0 s  box          1 passed, 0 failed
1 passed, 1 failed" < <(program box d OK 1 'ok 1 - x')
check 'no test is no success' counts 0 1 '0 passed, 0 failed' </dev/null
plan
