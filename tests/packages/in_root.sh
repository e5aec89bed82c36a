#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Inside a bare root, where nothing of Yihu is but what apt installs: a whole election,
# with the daemon's package upgraded in the middle of the poll, the committee's window, and
# all of it removed. whole.sh runs it, with a folder of both as /shared: packages and
# newer in it are the packages, input the election, tools what a demo has in common.
. /shared/tools/tap.sh
here=/none dir=$work/park # what election.sh sets is set again by hand: it builds nothing
. /shared/tools/election.sh
set +e # tap.sh's checks go on
trap 'at_end; cd / && rm -rf "$work"' EXIT
daemon=''
at_end() { [ -z "$daemon" ] || kill "$daemon"; }

apt_install() { apt-get -q -y install "$@"; }
none_of() { # program…: none is here
  local program status=0
  for program in "$@"; do ! command -v "$program" || status=1; done
  return $status
}
says() { # STATUS TEXT COMMAND…
  local wanted=$1 text=$2 status
  shift 2
  "$@" >"$work/said" 2>&1
  status=$?
  cat "$work/said"
  [ $status -eq "$wanted" ] && grep -qF -- "$text" "$work/said"
}
has_version() { [ "$(dpkg-query -W -f '${Version}' "$1")" = "$2" ]; }
newer=$(dpkg-deb -f /shared/newer/yihu-countd_*.deb Version)

before=$(dpkg-query -W | wc -l) began=$(du -smx / --exclude=/shared | cut -f1)
check 'apt knows what packages there are' apt-get -q update
check 'the committee installs by one line' sh -c 'apt-get -q -y install /shared/packages/yihu_*.deb /shared/packages/yihu-*.deb'
echo "# $(($(dpkg-query -W | wc -l) - before)) packages, $(($(du -smx / --exclude=/shared | cut -f1) - began)) MB more"
check 'no compiler and no Node.js came with it' none_of cc gcc g++ node npm meson
all_run() {
  local program
  for program in yihu yihu-{issue,trustee,countd,cast,tally,audit}; do "$program" --version || return; done
}
check 'every program runs' all_run
check 'in Chinese too' says 0 '用法' env LANGUAGE=zh_CN yihu-issue --help
check 'the user whom the daemon runs as is made' id yihu
systemd-tmpfiles --create yihu-countd.conf

# ---- before the poll
port=18431 url=http://127.0.0.1:18431 opens=$(($(date +%s) + 90)) closes=$(($(date +%s) + 240)) voters=24
make_passphrases
head -n 31 /shared/input/households.csv >"$work/households.csv"
check 'init' set_up /shared/input/election.pb "$work/households.csv" "$url"
check 'ceremony' ceremony "${copies[@]}"
check 'letters' letters
eid=$(yihu-issue status "$dir" | grep -o '[0-9a-f]\{64\}')
mkdir "$work/letter"
tail -qn +2 "$dir/letters/list.csv" | rev | cut -d, -f2 | rev | tr -d '"\t' | while read -r scan; do
  n=$((${n:-0} + 1)) && echo "$scan" >"$work/letter/$n"
done
check 'the box goes to the service' yihu-issue handover "$dir" --url "$url"

# ---- the poll, at the service's place and as its user
box=/var/lib/yihu/park
mkdir "$box" && tar -x --strip-components=1 -C "$box" -f "$dir/handover.tar" && chown -R yihu: "$box" && chmod 750 "$box"
serve_box() {
  rm -f "$box/address"
  setpriv --reuid yihu --regid yihu --init-groups yihu-countd "$box" --listen "127.0.0.1:$port" 2>>"$work/countd.log" &
  daemon=$!
  until [ -s "$box/address" ]; do
    kill -0 $daemon 2>/dev/null || { cat "$work/countd.log" && daemon='' && return 1; }
    sleep 0.1
  done
}
stop_box() {
  kill $daemon && wait $daemon && daemon=''
}
check 'the daemon serves it' serve_box
check 'the box has arrived' yihu-issue handover "$dir" --url "$url" --arrived
page() { # PATH: is served
  local status
  exec 4<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&4 && read -r status <&4
  exec 4>&-
  [[ "$status" == *' 200 '* ]]
}
for path in / /v /board /station /verify /check; do check "the page $path is there, and nobody needed Node.js" page $path; done
until [ "$(date +%s)" -ge "$opens" ]; do sleep 1; done
cast() { yihu-cast "$url" --token-file "$work/letter/$1" --random --yes --eid "$eid" --receipt "$work/receipt-$1"; }
cast_from() { # FIRST LAST
  local n
  for ((n = $1; n <= $2; n++)); do cast "$n" || return; done
}
check 'half of the households vote' cast_from 1 $((voters / 2))
check 'the daemon is upgraded while it runs' sh -c 'apt-get -q -y install /shared/newer/*.deb'
check 'the newer one is installed' has_version yihu-countd "$newer"
check 'the old one still takes ballots' cast $((voters / 2 + 1))
check 'it ends when it is told to' stop_box
check 'the newer daemon serves the same box' serve_box
twice() { yihu-cast "$url" --token-file "$work/letter/$1" --random --yes --eid "$eid"; }
for ((n = 1; n <= voters / 2 + 1; n++)); do
  says 1 'Not recorded' twice "$n" >"$work/again" 2>&1 || { echo "letter $n" && cat "$work/again"; }
done >"$work/lost"
empty 'whoever has voted cannot vote again' "$work/lost"
check 'the other half vote' cast_from $((voters / 2 + 2)) $voters
until [ "$(date +%s)" -gt "$closes" ]; do sleep 1; done

# ---- after it
check 'close' close_box
check 'count, with one stick lost' count_with "${keys[@]::6}"
check 'sign' sign_results
check 'publish' yihu-tally publish "$dir"
check 'the results are a page of the daemon' page /results
check 'its own audit verifies' yihu-audit "$url" --eid "$eid" --receipt "$work/receipt-1"
for ((n = 1; n <= voters; n++)); do
  yihu-audit "$box/public" --eid "$eid" --receipt "$work/receipt-$n" >"$work/out" 2>&1 || { cat "$work/out" && echo "receipt $n"; }
done >"$work/lost"
empty "all $voters receipts hold" "$work/lost"

# The other root's auditor has nothing but its package, this id, the address and a receipt.
cp "$work/receipt-2" /shared/receipt
cp -r "$box/public" /shared/public
echo "$eid $url" >/shared/published.new && mv /shared/published.new /shared/published
until [ -e /shared/audited ]; do sleep 1; done
check 'the daemon ends' stop_box

# ---- the window, by a user who is not root
window() {
  useradd --create-home clerk
  Xvfb :9 -screen 0 1280x900x24 -nolisten tcp &
  screen=$!
  runuser -u clerk -- env DISPLAY=:9 LANG=C.UTF-8 LANGUAGE=zh_CN dbus-run-session yihu &
  window=$!
  # The page's title is the view's when its script has drawn it.
  timeout 300 sh -c "until DISPLAY=:9 xdotool search --onlyvisible --name '办表决的窗口|committee.s window'; do sleep 1; done" &&
    sleep 5 && DISPLAY=:9 scrot --overwrite /shared/window.png
  local status=$?
  kill $window $screen
  return $status
}
# A chroot lets nobody make user namespaces, so Chromium needs its other sandbox here.
if apt_install xvfb xdotool scrot dbus chromium-sandbox >"$work/screen" 2>&1; then
  check 'yihu shows its first screen in Chromium' window
else
  skip 'yihu shows its first screen in Chromium' 'no Xvfb'
fi

# ---- all of it goes
check 'removed' apt-get -q -y remove --autoremove yihu yihu-countd yihu-audit yihu-common
none_left() { ! dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 'yihu*' | grep '^i'; }
check 'no package is left' none_left
find /usr /etc /opt /lib /bin -xdev -iname '*yihu*' >"$work/left"
empty 'and no file of theirs' "$work/left"
check 'what was voted is still there' test -s "$box/box.db"
check 'purged' dpkg --purge yihu yihu-countd yihu-audit yihu-common
check 'what was voted is there even then' test -s "$box/box.db"
plan
