#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The daemon with TLS of its own, and a terminal that is closed above it.
. "$(dirname "$0")/lib.sh"
need openssl curl
inputs
election d >made 2>&1 || sed 's/^/# /' made
export YIHU_TEST_CLOCK=$((opens + 60))
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem \
  -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -days 2 2>made || sed 's/^/# /' made

chmod 644 key.pem
says 1 'can be read by every user' countd d/box --listen 127.0.0.1:0 --tls-cert cert.pem --tls-key key.pem
chmod 600 key.pem
says 2 '' countd d/box --tls-cert

"$YIHU_PROGRAMS/yihu-countd" d/box --listen 127.0.0.1:0 --tls-cert cert.pem --tls-key key.pem >url 2>told &
daemon=$!
serves() { for ((i = 0; i < 600; i++)); do grep -q https url && return; sleep 0.1; done; return 1; }
holds 'it serves' serves
url=$(cat url)
asks() { curl -s --noproxy '*' --cacert cert.pem -D head "$url/healthz" >/dev/null; }
# greets ARGS: a handshake that succeeds.
greets() { openssl s_client -connect "${url#https://}" "$@" </dev/null >hello 2>&1; }
refuses() { ! greets "$@"; }
holds 'with 1.3' greets -tls1_3
holds 'with 1.2 and forward secrecy' greets -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
holds 'not with 1.1' refuses -tls1_1 -cipher ALL:@SECLEVEL=0
holds 'not with CBC' refuses -tls1_2 -cipher ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA
holds 'it answers' asks
holds 'and asks for TLS next time' grep -qi '^strict-transport-security: max-age=' head
kill -HUP $daemon
holds 'a terminal that is closed ends nothing' asks
kill $daemon
holds 'the daemon stops as asked' wait $daemon
plan
