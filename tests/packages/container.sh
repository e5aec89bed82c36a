#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The daemon's container (tools/container), taken by podman or docker: it serves a box that
# was made outside, to this computer, and ends when it is told to.
# usage: tests/packages/container.sh BUILD [12|13] [PACKAGES]
here=$(cd "$(dirname "$0")/../.." && pwd)
. "$here/tests/lib/tap.sh"
. "$here/tools/root.sh"
build=$(realpath "${1:?a build folder}") || exit 2
release=$(release_name "${2:-12}") || exit 2
packages=$(realpath -m "${3:-$here/build/packages/$release}")
why=$(roots_can) || skip_all "$why"
engine=''
for tool in podman docker; do
  [ -n "$engine" ] || ! "$tool" info >/dev/null 2>&1 || engine=$tool
done
[ -n "$engine" ] || skip_all 'neither podman nor docker runs here'
export PATH=$build/tools:$PATH
image=yihu-countd-test container=''
at_end() {
  [ -z "$container" ] || "$engine" rm -f "$container" >/dev/null
  "$engine" rmi -f "$image" >/dev/null 2>&1
}
cd "$work" || exit 1

# A box that is handed over, with a poll tomorrow.
keys=(--key k1 --key k2 --key k3)
made() {
  local day
  day=$(date -u -d tomorrow +%Y-%m-%d)
  printf 'household\nA 1\nA 2\nA 3\nB 1\n' >h.csv
  yihu-issue init d --election "$here/tests/tools/small.pb" --households h.csv --url http://127.0.0.1:8080 \
    --opens "${day}T00:00:00Z" --closes "${day}T12:00:00Z" --holders 3 --threshold 2 --nobody-may-miss --unencrypted --seen &&
    yihu-trustee ceremony d "${keys[@]}" --name a --name b --name c --unencrypted &&
    yihu-issue charter d --seen && yihu-trustee ceremony d "${keys[@]}" --seen && yihu-issue charter d --seen &&
    yihu-issue letters d --skip-rehearsal test && yihu-issue handover d --url http://127.0.0.1:8080 &&
    mkdir box && tar -x --strip-components=1 -C box -f d/handover.tar
}
# Its word for each, as tools/container says them.
imported() {
  "$here/tools/container" "$release" "$packages" "$work/root.tar" &&
    "$engine" import --change 'ENTRYPOINT ["/usr/bin/yihu-countd", "/var/lib/yihu/box", "--user", "yihu", "--listen", "0.0.0.0:8080"]' \
      root.tar "$image"
}
runs() {
  "$engine" run --rm --network none -v "$work/box:/var/lib/yihu/box" --entrypoint chown "$image" -R yihu: /var/lib/yihu/box &&
    container=$("$engine" run -d -v "$work/box:/var/lib/yihu/box" -p 127.0.0.1::8080 "$image") || return
  until [ -s box/address ]; do
    [ "$("$engine" inspect -f '{{.State.Running}}' "$container")" = true ] || { "$engine" logs "$container" && return 1; }
    sleep 0.2
  done
  port=$("$engine" port "$container" 8080 | sed 's/.*://')
}
answers() { # PATH
  local status
  exec 4<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&4 && read -r status <&4
  exec 4>&-
  [[ "$status" == *' 200 '* ]]
}
ends() { "$engine" stop -t 60 "$container" && [ "$("$engine" inspect -f '{{.State.ExitCode}}' "$container")" = 0 ]; }

check 'a box' made
check 'the container is made, and taken' imported
if ! "$engine" run --rm --network none --entrypoint /bin/true "$image" >"$work/out" 2>&1; then
  skip 'it serves the box' "$engine runs no container here: $(tail -n 1 "$work/out")"
  plan
  exit
fi
check 'it serves the box' runs
check 'a voting page from it' answers /v
check 'and the public folder' answers /charter
check 'it ends well when it is told to' ends
plan
