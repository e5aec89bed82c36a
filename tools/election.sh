# SPDX-License-Identifier: Apache-2.0
# What tools/demo and tools/replay have in common: an election on this machine.
# Source it; here is the tree, dir the committee's folder, once options are read.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
holders=4 threshold=2 clients=8

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in zh*) zh=true ;; *) zh=false ;; esac
# t ENGLISH CHINESE: one of them, by the user's language.
t() { if $zh; then printf '%s' "$2"; else printf '%s' "$1"; fi; }

# bad WORDS [STATUS]: ends with them.
bad() {
  echo "tools/${0##*/}: $1" >&2
  exit "${2:-1}"
}

# number OPTION VALUE [LEAST]
number() {
  [[ "$2" =~ ^[1-9][0-9]{0,6}$ ]] || bad "$1: '$2' $(t 'is not a whole number' '不是正整数')" 2
  [ "$2" -ge "${3:-1}" ] || bad "$1: $(t "must be at least $3" "至少要是 $3")" 2
}

# step ENGLISH CHINESE: says what is done now.
step() { printf '\n\033[1m== %s\033[0m\n' "$(t "$1" "$2")"; }

# Runs a command; what it prints is shown only when it fails.
quiet() {
  local log
  log=$(mktemp)
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
  }
  rm -f "$log"
}

# ---- the programs

# Builds; without the pages where npm fetches nothing, and says so. The next run
# tries them again.
compile() {
  local log
  log=$(mktemp)
  [ -f "$build/build.ninja" ] || quiet meson setup "$build" "$here" -Dtests=false
  if ! npm_config_fetch_retry_mintimeout=1000 npm_config_fetch_retry_maxtimeout=5000 \
    ninja -C "$build" >"$log" 2>&1; then
    grep -q '^npm ERR\|^npm error' "$log" || { cat "$log" >&2 && exit 1; }
    grep '^npm ERR\|^npm error' "$log" | head -n 3 >&2
    echo "$(t 'npm failed, so the pages are left out; all else goes on.' 'npm 失败，因此不编译网页，其余照常。')" >&2
    quiet meson configure "$build" -Dpages=disabled
    quiet ninja -C "$build"
    quiet meson configure "$build" -Dpages=auto
  fi
  rm -f "$log"
}

# The programs on PATH, and work, a folder that goes at the end with the daemon.
prepare() {
  build=${YIHU_BUILD:-} # a build that is there already, as the tests have one
  if [ -z "$build" ]; then
    step 'Build' '编译'
    build="$here/build/demo"
    "$here/tools/setup" demo
    compile
  fi
  export PATH="$build/tools:$PATH" YIHU_LOCALEDIR="$build/src/po"
  work=$(mktemp -d)
  chmod 700 "$work"
  daemon=''
  trap finish EXIT
}
finish() {
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
  rm -rf "$work"
}

# ---- the committee

# Passphrases reach the programs by file descriptor 3, a line each.
passphrase() { od -An -N12 -tx1 /dev/urandom | tr -d ' \n'; }
as_clerk() { "$@" --passphrase-fd 3 3<<<"$clerk"; }
as_holders() { "$@" --passphrase-fd 3 3<<<"$secrets"; }
make_passphrases() {
  local i
  clerk=$(passphrase)
  keys=() names=() copies=() secrets=''
  for ((i = 1; i <= holders; i++)); do
    keys+=(--key "$dir-keys/holder-$i.key")
    copies+=(--backup "$dir-keys/copy-$i.key") # on another stick, when it is no demo
    names+=(--name "$(t "holder-$i" "密钥保管人-$i")")
    secrets+="$(passphrase)"$'\n'
  done
}

at() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
# set_up DEFINITION HOUSEHOLDS URL: with a poll from $opens to $closes.
set_up() {
  mkdir -p "$(dirname "$dir")"
  as_clerk yihu-issue init "$dir" --election "$1" --households "$2" --url "$3" \
    --opens "$(at $opens)" --closes "$(at $closes)" --holders $holders --threshold $threshold --seen
}

# The second round has the options that it is given.
ceremony() {
  mkdir -m 700 "$dir-keys"
  as_holders yihu-trustee ceremony "$dir" "${keys[@]}" "${names[@]}"
  as_clerk yihu-issue charter "$dir" --seen
  as_holders yihu-trustee ceremony "$dir" "${keys[@]}" "$@" --seen
}

letters() {
  as_clerk yihu-issue letters "$dir" --skip-rehearsal demo
  eid=$(yihu-issue status "$dir" | grep -o '[0-9a-f]\{64\}')
}

# ---- the daemon

# serve PORT…: listens at the first that nobody else has.
serve() {
  local port
  for port in "$@"; do
    yihu-countd "$dir/box" --listen "127.0.0.1:$port" >"$work/countd.log" 2>&1 &
    daemon=$!
    while [ ! -s "$dir/box/address" ]; do
      kill -0 "$daemon" 2>/dev/null || { daemon='' && continue 2; }
      sleep 0.1
    done
    url=$(cat "$dir/box/address")
    echo "$url"
    return
  done
  bad "$(cat "$work/countd.log")"
}

stop_serving() {
  kill "$daemon"
  wait "$daemon" || bad "$(cat "$work/countd.log")"
  daemon=''
}

# ---- after the poll

close_box() { as_clerk yihu-tally close "$dir"; }
count_with() { as_holders yihu-trustee count "$dir" "$@" --seen; }
sign_results() { as_clerk yihu-issue sign "$dir" --seen; }
