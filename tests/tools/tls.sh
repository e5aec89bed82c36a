#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The daemon with TLS of its own, and a terminal that is closed above it.
. "$(dirname "$0")/lib.sh"
need openssl curl
inputs
election d >made 2>&1 || sed 's/^/# /' made
export YIHU_TEST_CLOCK=$((opens + 60))
# Where a program that renews certificates puts them: the newest by a link.
mkdir archive live
pair() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "archive/key$1.pem" -out "archive/cert$1.pem" \
    -subj "/CN=number $1" -addext subjectAltName=IP:127.0.0.1 -days $((1 + $1)) 2>made || sed 's/^/# /' made
}
links() { ln -sfn "../archive/cert$1.pem" live/cert.pem && ln -sfn "../archive/key$2.pem" live/key.pem; }
pair 1 && pair 2
links 1 1

chmod 644 archive/key1.pem
# starts OPTION …: with nothing of it refused it would serve for ever.
starts() { timeout 60 "$YIHU_PROGRAMS/yihu-countd" d/box --listen 127.0.0.1:0 "$@"; }
says 1 'can be read by every user' starts --tls-cert live/cert.pem --tls-key live/key.pem
chmod 600 archive/key1.pem
links 1 2
says 1 'TLS cannot be started' starts --tls-cert live/cert.pem --tls-key live/key.pem
links 1 1
says 2 '' countd d/box --tls-cert

# The side that answers strangers reads the certificate's folder, and the box is in none.
cp archive/cert1.pem archive/key1.pem d/box && cp archive/cert1.pem archive/key1.pem d && mkdir beside
lies() { says 1 "the certificate or its key is in $1, and so is $2:" starts --tls-cert "$3/cert1.pem" --tls-key "$4/key1.pem" "${@:5}"; }
lies d/box d/box d/box archive
lies d d/box archive d
ln -s ../d/box/key1.pem beside/key1.pem
lies "$PWD/d/box" d/box archive beside
lies archive archive/new/mirror archive archive --mirror archive/new/mirror
rm -r d/cert1.pem d/key1.pem d/box/cert1.pem d/box/key1.pem beside

"$YIHU_PROGRAMS/yihu-countd" d/box --listen 127.0.0.1:0 --metrics 127.0.0.1:0 --tls-cert live/cert.pem --tls-key live/key.pem >url 2>told &
daemon=$!
serves() { for ((i = 0; i < 600; i++)); do grep -q https url && return; sleep 0.1; done; return 1; }
holds 'it serves' serves
url=$(cat url)
asks() { curl -s --noproxy '*' --cacert "archive/cert${1:-1}.pem" -D head "$url/healthz" >/dev/null; }
# greets ARGS: a handshake that succeeds.
greets() { openssl s_client -connect "${url#https://}" "$@" </dev/null >hello 2>&1; }
refuses() { ! greets "$@"; }
holds 'with 1.3' greets -tls1_3
holds 'with 1.2 and forward secrecy' greets -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
holds 'not with 1.1' refuses -tls1_1 -cipher ALL:@SECLEVEL=0
holds 'not with CBC' refuses -tls1_2 -cipher ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA
holds 'it answers' asks
holds 'and asks for TLS next time' grep -qi '^strict-transport-security: max-age=' head

# Until when it is good: to who watches, and to who asks.
says 0 'Certificate: good until' countd --status d/box
YIHU_TEST_CLOCK=$(date +%s) says 1 'is good until' countd --status d/box
expiry() { date -d "$(openssl x509 -in "archive/cert$1.pem" -noout -enddate | cut -d= -f2)" +%s; }
metrics=$(grep -o '"metrics": "[^"]*"' d/box/status | cut -d'"' -f4)
told() { curl -s --noproxy '*' "$metrics/metrics" | grep -qx "yihu_tls_certificate_expiry_time_seconds $(expiry "$1")"; }
holds 'metrics tell the day' told 1

# One connection from before all that follows.
mkfifo asked
openssl s_client -quiet -connect "${url#https://}" <asked >answered 2>/dev/null &
exec 7>asked
asks_on() { printf 'HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&7; for ((i = 0; i < 600; i++)); do [ "$(grep -c '200 OK' answered)" -eq "$1" ] && return; sleep 0.1; done; return 1; }
holds 'a connection that stays' asks_on 1

# reads N: hangs up, and waits for the N-th word on the certificate.
reads() { kill -HUP $daemon; for ((i = 0; i < 600; i++)); do [ "$(grep -c 'the certificate' told)" -eq "$1" ] && return; sleep 0.1; done; return 1; }
last() { tail -n 1 told | grep -q "$1"; }
holds 'a terminal that is closed ends nothing' reads 1
holds 'the certificate is the same' last 'read again: it is the same'
holds 'it answers as before' asks
links 2 2
holds 'a renewed one is read' reads 2
holds 'it is new' last 'read again: it is a new one'
holds 'who comes gets it' asks 2
holds 'and metrics tell its day' told 2
holds 'whoever was there is served' asks_on 2
links 2 1
holds 'a key of another' reads 3
holds 'is refused' last 'stays as it was: TLS cannot be started with the certificate live/cert.pem'
holds 'and the old one stays' asks 2
links 1 1
chmod 604 archive/key1.pem
holds 'a key for everybody' reads 4
holds 'is refused, too' last 'stays as it was: .* can be read by every user'
rm live/cert.pem
holds 'none at all' reads 5
holds 'is said' last 'stays as it was: .*live/cert.pem'
holds 'it still answers' asks 2
exec 7>&-
kill $daemon
holds 'the daemon stops as asked' wait $daemon

# ---- without a certificate there is nothing to read
"$YIHU_PROGRAMS/yihu-countd" d/box --listen 127.0.0.1:0 >url 2>told &
daemon=$!
plain() { for ((i = 0; i < 600; i++)); do grep -q http: url && return; sleep 0.1; done; return 1; }
holds 'it serves without' plain
kill -HUP $daemon
holds 'a terminal that is closed ends nothing there' curl -sf --noproxy '*' "$(cat url)/healthz"
kill $daemon
holds 'that daemon stops as asked' wait $daemon
plan
