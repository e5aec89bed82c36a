#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Passphrases on descriptors, locked key files, and what is never printed.
. "$(dirname "$0")/lib.sh"
inputs

# with FD LINES COMMAND …: the lines on that descriptor.
with() {
  local fd=$1 lines=$2
  shift 2
  eval "\"\$@\" $fd< <(printf '%b' \"\$lines\")"
}

init_sealed() {
  issue init d --election e.pb --households h.csv --opens 2026-06-01T00:00:00Z \
    --closes 2026-06-02T00:00:00Z --holders 1 --threshold 1 --min-box 1 --nobody-may-miss "$@"
}
says 1 'no terminal to ask' init_sealed
says 1 'no passphrase on file descriptor 77' init_sealed --passphrase-fd 77
says 1 'no passphrase on file descriptor' init_sealed --passphrase-fd 4294967295
says 1 'at least 8 characters' with 5 '1234567\n' init_sealed --passphrase-fd 5
says 1 'digits alone' with 5 '19800101\n' init_sealed --passphrase-fd 5
says 1 'everybody tries' with 5 'password1\n' init_sealed --passphrase-fd 5
says 1 'an empty passphrase' with 5 '\n' init_sealed --passphrase-fd 5
holds 'nothing was made' test ! -e d
holds 'init' with 5 'old lime tree\n' init_sealed --passphrase-fd 5
says 1 'over and over' with 5 'aaaaaaaa\n' trustee announce d --index 1 --name h --key k --passphrase-fd 5
holds 'announce' with 5 'the holder\n' trustee announce d --index 1 --name h --key k --passphrase-fd 5
says 1 'passphrase' with 5 'another\n' issue charter d --passphrase-fd 5
holds 'no charter was made' test ! -e d/ceremony/charter
says 1 'no terminal to ask' issue charter d
holds 'charter' with 5 'old lime tree\nmore\n' issue charter d --passphrase-fd 5
holds 'keys are sealed' sh -c "grep -q '^sealed ' k && grep -q '^sealed ' d/secret/issuer.key"

says 0 'Key of' with 5 'the holder\n' trustee check d --key k --passphrase-fd 5
exec 9>.k.lock
flock 9
says 1 'locked' with 5 'the holder\n' trustee check d --key k --passphrase-fd 5
exec 9>&-
says 0 'Key of' with 5 'the holder\n' trustee check d --key k --passphrase-fd 5
cp k twisted
sed -i 's/^public h+/public g+/' twisted
says 1 'key file' with 5 'the holder\n' trustee check d --key twisted --passphrase-fd 5
head -c 200 k >short
says 1 'short' with 5 'the holder\n' trustee check d --key short --passphrase-fd 5
ln -s k linked
says 1 'symbolic link' with 5 'the holder\n' trustee check d --key linked --passphrase-fd 5

holds 'the rest of the ceremony' with 5 'the holder\n' trustee ceremony d --key k --passphrase-fd 5
{
  with 5 'old lime tree\n' issue letters d --skip-rehearsal test --passphrase-fd 5
  issue status d
} >said 2>&1
holds 'letters are made' test -s d/letters/list.csv
digits=$(tail -1 d/letters/list.csv | rev | cut -d, -f2 | rev | tr -d '"\t')
typed=$(tail -1 d/letters/list.csv | rev | cut -d, -f3 | rev)
holds 'a letter has its digits' test ${#digits} -eq 204
mkdir stick
says 1 'does not open' with 5 'another\n' issue backup d stick --passphrase-fd 5
says 0 'reads back' with 5 'old lime tree\n' issue backup d stick --passphrase-fd 5
says 0 'is there again' with 5 'old lime tree\n' issue restore stick again --passphrase-fd 5
holds 'the backup is for its owner alone' test "$(stat -c %a stick/d.yihu-backup)" = 600
holds 'nothing that votes is printed' sh -c "! grep -q -e '$digits' -e '$typed' said"
holds 'no passphrase is printed' sh -c "! grep -q -e 'old lime tree' -e 'the holder' said out"
holds 'no secret is readable to others' \
  test -z "$(find d/secret d/letters d/box/log.key k -type f ! -perm 600)"
holds 'no half-written file is left' test -z "$(find . -name '.yihu-*' -o -name '.*.new')"
plan
