#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A whole election of each starter folder, by the very command that users run.
# usage: demo.sh SOURCE_DIR BUILD_DIR ELECTION HOUSEHOLDS [--keep-serving]
. "$(dirname "$0")/../lib/tap.sh"

source=$1 build=$2 election=$3 households=$4
daemon=''
at_end() { [ -z "$daemon" ] || kill "$daemon" 2>/dev/null; }
says() { grep -q -- "$1" "$work/said"; }

YIHU_BUILD=$build "$source/tools/demo" --dir "$work/e" --ballots "$source/ballots/$election" \
  --households "$households" --seconds 90 "${@:5}" >"$work/said" 2>&1
status=$?
daemon=$(sed -n 's/.* kill \([0-9]*\)$/\1/p' "$work/said")
[ $status -eq 0 ] || sed 's/^/# /' "$work/said"

box=$work/e/box
eid=$(grep -o '[0-9a-f]\{64\}' "$work/e/letters/list.csv" | head -n 1)
expected=$((households * 92 / 100))

check 'the demo ends well' [ $status -eq 0 ]
check 'every QR code is read back' says "$households of $households QR codes read"
check 'a replaced letter is refused' says 'Refused, the letter that was replaced'
check 'a second vote is refused' says 'Refused, a second vote'
check 'every ballot is in the box' says "Closed. Ballots: $expected, of $households "
check 'the audit verifies' says "VERIFIED under the election id"
check 'the database is whole' says 'box.db: ok'
audit_of() { "$build/tools/yihu-audit" "$@" >"$work/audit" 2>&1; }
audit() { audit_of "$box/public" "$@"; }
status_of() { # wanted status, command…
  local wanted=$1
  shift
  "$@"
  [ $? -eq "$wanted" ]
}
few() {
  YIHU_BUILD=$build "$source/tools/demo" --dir "$work/few" --households 3 >"$work/refused" 2>&1
  [ $? -eq 2 ] && grep -q -- '--households: must be at least 4' "$work/refused"
}
check 'with fewer than four households it does not begin' few
check 'without an id the audit is only self-consistent' status_of 3 audit
check 'under another id it fails' status_of 1 audit --eid "$(printf '0%.0s' {1..64})"
check 'the roll is the one of the charter' status_of 0 audit --eid "$eid" --roll "$work/e/secret/roll" \
  --salt "$work/e/secret/roll-salt"
check 'the receipt is in the log' status_of 0 audit --eid "$eid" --receipt "$work/e/a-receipt.tlog-proof"
check 'only the owner reads the secrets' [ -z "$(find "$work/e/secret" "$work/e/letters" "$work/e/box/log.key" "$work/e-keys" -type f -perm /077)" ]
poster_is_of() { # short print
  command -v pdftotext >/dev/null || { [ -s "$work/e/paper/results-a3.pdf" ]; return; }
  local size
  for size in a3 a4; do # not through a pipe, which grep -q would break
    pdftotext "$work/e/paper/results-$size.pdf" "$work/poster" && grep -q "$1" "$work/poster" || return
  done
}
check 'the posters are of this election' poster_is_of "$(sed -n 2p "$work/e/letters/list.csv" | awk -F, '{ print $(NF - 4) }' | tr -d '"')"
cp -r "$box/public" "$work/changed"
printf 'x' >>"$work/changed/results.json"
check 'a changed result fails the audit' status_of 1 audit_of "$work/changed" --eid "$eid"

answers() { # address: the daemon has something there
  local at=${1#http://} status
  exec 4<>"/dev/tcp/127.0.0.1/$(sed 's/.*:\([0-9]*\).*/\1/' <<<"${at%%/*}")"
  printf 'GET /%s HTTP/1.0\r\n\r\n' "${at#*/}" >&4
  read -r status <&4
  exec 4>&-
  [[ "$status" == *' 200 '* ]]
}
if [ -s "$build/src/web/pages.c" ]; then
  addresses=$(sed -n '/To open in a browser/,$s/^  \(http:[^ ]*\).*/\1/p' "$work/said")
  check 'it names the pages to open' [ "$(sed 's,.*/,,; s/#1.*/#/' <<<"$addresses" | tr '\n' ' ')" = 'results board verify v# ' ]
  check 'of one letter, which has not voted, it shows the secret, behind a #' \
    [ "$(grep -o '[#?]1[0-9]\{20,\}' "$work/said" | sort | uniq -c | sed 's/^ *//; s/#.*/#/')" = '2 #' ]
fi
if [ -n "$daemon" ]; then
  for address in ${addresses:-}; do
    check "/$(sed 's,.*/,,; s/#.*//' <<<"$address") is served" answers "${address%%#*}"
  done
else
  check 'it says how to serve it again' says "^  $build/tools/yihu-countd $work/e/box --listen 127.0.0.1:[0-9]*$"
fi
plan
