#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The sample for nginx, as it is but for ports and paths, before a real daemon.
. "$(dirname "$0")/lib.sh"
PATH=$PATH:/usr/sbin
need nginx openssl curl python3
inputs
election d >made 2>&1 || sed 's/^/# /' made
export YIHU_TEST_CLOCK=$((opens + 60))
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem \
  -subj /CN=vote.example.org -addext subjectAltName=DNS:vote.example.org -days 2 2>made || sed 's/^/# /' made

read -r plain tls redirect echo measured < <(python3 "$here/../lib/free_port.py" 5)
pids=()
at_end() { [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null; wait; }
# comes COMMAND …: within a minute it succeeds.
comes() { for ((i = 0; i < 600; i++)); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; return 1; }

"$YIHU_PROGRAMS/yihu-countd" d/box --listen 127.0.0.1:0 --metrics "127.0.0.1:$measured" --trust-proxy 127.0.0.1 >url 2>told &
pids+=($!)
holds 'the daemon serves' comes grep -q http url
# What a program behind nginx is told; an upload is answered before its body.
python3 - >echo.port <<'PY' &
import http.server, sys
class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        text = f"{self.headers.get_all('X-Forwarded-For')} {self.client_address[1]}\n".encode()
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
print(server.server_port, flush=True)
server.serve_forever()
PY
pids+=($!)
holds 'another program is there' comes test -s echo.port

# sample UPSTREAM PLAIN TLS REDIRECT: the sample there.
sample() {
  sed -e "s#unix:/run/yihu/lanes.sock#127.0.0.1:$1#" -e '/listen \[::\]/d' -e "s#listen 80;#listen 127.0.0.1:$4;#" \
    -e "s#listen 443 ssl;#listen 127.0.0.1:$3 ssl; listen 127.0.0.1:$2;#" \
    -e "s#/etc/letsencrypt/live/vote.example.org/fullchain.pem#$work/cert.pem#" \
    -e "s#/etc/letsencrypt/live/vote.example.org/privkey.pem#$work/key.pem#" \
    -e "s#/var/log/nginx/#$work/#" -e "s#/var/cache/nginx/#$work/cache-$1-#" "$here/../../tools/proxy/nginx.conf"
}
# runs NAME: nginx with NAME.conf, as whoever runs this.
runs() {
  {
    echo "daemon off; master_process off; pid $work/$1.pid; error_log $work/$1.err; events {} http {"
    for part in client_body proxy fastcgi uwsgi scgi; do echo "${part}_temp_path $work/$1-$part;"; done
    echo "include $work/$1.conf; }"
  } >"$1.nginx"
  nginx -e "$work/$1.err" -c "$work/$1.nginx" &
  pids+=($!)
}
upstream=$(cat url)
sample "${upstream##*:}" "$plain" "$tls" "$redirect" >real.conf
sample "$(cat echo.port)" "$echo" 0 0 | sed -e '/listen 127.0.0.1:0;/d' -e 's/listen 127.0.0.1:0 ssl;//' >echo.conf
runs real
runs echo

# asks PATH [OPTION …]: over TLS; head and body are then files.
asks() {
  local path=$1
  shift
  : >body
  curl -s --noproxy '*' --cacert cert.pem --resolve "vote.example.org:$tls:127.0.0.1" -D head -o body \
    "$@" "https://vote.example.org:$tls$path"
}
# answered STATUS PATH [OPTION …]
answered() {
  local status=$1
  shift
  asks "$@" && head -n 1 head | grep -q " $status"
}
# said HEADER: the answer had it.
said() { tr -d '\r' <head | grep -qiE -- "^$1\$"; }
holds 'nginx serves' comes answered 200 /healthz
holds 'it asks for TLS next time' said 'strict-transport-security: max-age=31536000'
holds 'once' test "$(grep -ci '^strict-transport-security' head)" -eq 1
moved() { curl -s -o /dev/null -D head --noproxy '*' -H 'Host: vote.example.org' "http://127.0.0.1:$redirect/v" && said 'location: https://vote.example.org/v'; }
holds 'who comes without TLS is sent to it' moved

tail -qn +2 d/letters/list.csv | rev | cut -d, -f2 | rev | tr -d '"\t' | head -n 1 >letter
votes() { "$YIHU_CAST" "http://127.0.0.1:$plain" --token-file letter --random --yes --receipt receipt; }
holds 'a household votes through it' votes
holds 'its receipt is whole' "$YIHU_CAST" "http://127.0.0.1:$plain" --token-file letter --check
holds 'a large body is refused before the daemon' answered 413 /api/ballot --data-binary @<(head -c 70000 /dev/zero)
tag() { tr -d '\r' <head | sed -n 's/^etag: //Ip'; }
holds 'the charter comes' answered 200 /charter
cp body charter
holds 'and is not sent again to who has it' answered 304 /charter -H "If-None-Match: $(tag)"
holds 'which says how long it may be kept' said 'cache-control: public, max-age=60'
holds 'a part of it comes' answered 206 /charter -r 1-5
holds 'the right one' cmp body <(tail -c +2 charter | head -c 5)
answers() { curl -s --noproxy '*' "http://127.0.0.1:$measured/metrics" | sed -n 's/^yihu_http_answers_total{status="2xx"} //p'; }
# Of the same, asked for three times, the daemon is asked for none.
kept() { local before && before=$(answers) && asks /charter && asks /charter?again && asks /charter && [ "$(answers)" -eq "$before" ]; }
holds 'nginx keeps it' kept
head_only() { answered 200 /charter -I && said "content-length: $(stat -c %s charter)"; }
holds 'HEAD alike' head_only

# ---- who asks
forged() { curl -s --noproxy '*' -H 'X-Forwarded-For: 192.0.2.1' -H 'X-Forwarded-For: 192.0.2.2, 192.0.2.3' "http://127.0.0.1:$echo/"; }
hop() { [ "$(forged | cut -d' ' -f1)" = "['127.0.0.1']" ]; }
holds 'the daemon is told one address, which nobody can forge' hop
same() { [ "$(forged)" = "$(forged)" ]; }
holds 'on a connection that is kept' same
# floods FROM: more than a household asks; each as if from elsewhere.
cat >flood.py <<'PY'
import http.client, sys
source, port, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
got, retry, c = {}, "", None
for i in range(n):
    c = c or http.client.HTTPConnection("127.0.0.1", port, source_address=(source, 0))
    c.request("GET", "/charter", headers={"X-Forwarded-For": f"192.0.2.{i % 250}"})
    r = c.getresponse()
    r.read()
    got[r.status] = got.get(r.status, 0) + 1
    retry = r.getheader("Retry-After") or retry
    if r.will_close:
        c.close()
        c = None
    if 503 in got:
        break
print(got, retry)
PY
floods() { python3 flood.py 127.0.0.2 "$plain" 20000 | grep -q '503: 1} 3$'; }
holds 'a flood from one address is told to come back' floods
others() { python3 flood.py 127.0.0.3 "$plain" 50 | grep -q '^{200: 50}'; }
holds 'others are served' others

# ---- what is written, and an end
lines() { [ "$(wc -l <yihu.log)" -gt 10 ] && ! grep -qvE '^[0-9T:+-]+ [0-9]{3} [0-9]+ [0-9.]+$' yihu.log; }
holds 'its log has no paths and no addresses' lines
quiet() { ! grep -E 'charter|ballot|127\.0\.0\.[23]' real.err; }
holds 'nor have its errors' quiet
names() { ! grep -q X-Forwarded-For told; }
holds 'the daemon was told of each request for whom it is' names
kill "${pids[0]}"
wait "${pids[0]}"
holds 'without the daemon it is not known what became of a ballot' answered 503 /api/ballot --data-binary @letter
holds 'and it is to be sent again' grep -q '"not-known"' body
holds 'later' said 'retry-after: 30'
plan
