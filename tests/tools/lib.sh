# SPDX-License-Identifier: Apache-2.0
# What the tests of programs share beyond tap.sh: an election on the way.
here=$(cd "$(dirname "$0")" && pwd)
# In memory, where there is room: nothing here is about a power cut.
work=$(mktemp -d /dev/shm/yihu-tools-XXXXXX 2>/dev/null || mktemp -d /tmp/yihu-tools-XXXXXX)
. "$here/../lib/tap.sh"
cd "$work" || exit 1

opens=1780272000  # 2026-06-01T00:00:00Z
closes=1780358400 # a day later
export YIHU_TEST_CLOCK=$((opens - 3600))

# In a session of their own, so that nobody is asked on a terminal: what they show
# has been looked at, but below `unseen COMMAND …`.
seen() {
  case ${YIHU_UNSEEN:-}$1 in
  init | charter | accept | ceremony | replace | void | add | withdraw | archive | final) echo --seen ;;
  box | count | shuffle | open | sign | retire) echo --seen ;;
  esac
}
unseen() { YIHU_UNSEEN=yes "$@"; }
issue() { setsid -w "$YIHU_PROGRAMS/yihu-issue" "$@" $(seen "$1") </dev/null; }
trustee() { setsid -w "$YIHU_PROGRAMS/yihu-trustee" "$@" $(seen "$1") </dev/null; }
countd() { setsid -w "$YIHU_PROGRAMS/yihu-countd" "$@"; }
tally() { setsid -w "$YIHU_PROGRAMS/yihu-tally" "$@" $(seen "$1") </dev/null; }

holds() { check "$@"; }

# says STATUS TEXT COMMAND …: it ends with that status and says that.
says() {
  local status=$1 text=$2 got
  shift 2
  "$@" >"$work/out" 2>&1
  got=$?
  if [ $got -eq "$status" ] && grep -qF -- "$text" "$work/out"; then
    result 0 "$*"
  else
    echo "# status $got, not $status with '$text':"
    result 1 "$*"
  fi
}

# The files of a small election.
inputs() {
  cp "$here/small.pb" e.pb
  printf 'household\nA 1\nA 2\nA 3\nB 1\n' >h.csv
}

# init DIR OPTION …: with all that init needs; later options win.
init() {
  local dir=$1
  shift
  issue init "$dir" --election e.pb --households h.csv --opens 2026-06-01T00:00:00Z \
    --closes 2026-06-02T00:00:00Z --holders 3 --threshold 2 --nobody-may-miss --unencrypted "$@"
}

# keys OPTION: that option for each of the three key files.
keys() { for i in 1 2 3; do printf -- '--key k%d ' $i; done; }

# election DIR: up to its letters.
election() {
  init "$1" && trustee ceremony "$1" $(keys) --name a --name b --name c --unencrypted &&
    issue charter "$1" && trustee ceremony "$1" $(keys) && issue charter "$1" &&
    issue letters "$1" --skip-rehearsal test
}
