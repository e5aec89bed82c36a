#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Pictures of projects on their way: from a committee's files into the public
# folder, the backup, the audit and the next election; and what is refused.
. "$(dirname "$0")/lib.sh"
inputs
export LSAN_OPTIONS=detect_leaks=0

mkdir -p pictures
python3 - <<'PY'
import struct, zlib
def chunk(name, b): return struct.pack('>I', len(b)) + name + b + struct.pack('>I', zlib.crc32(name + b))
def png(path, colour, more=b''):
    rows = (b'\0' + bytes(colour) * 40) * 30
    open(path, 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 40, 30, 8, 2, 0, 0, 0)) + more
                           + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
png('pictures/lamp 灯.png', (250, 200, 0), chunk(b'tEXt', b'Author\0Wang Fang, block 3'))
png('bench.png', (120, 80, 40))
png('moving.png', (1, 2, 3), chunk(b'acTL', b'\0\0\0\2\0\0\0\0'))
open('cut.png', 'wb').write(open('bench.png', 'rb').read()[:60])
PY
# definition FILE LAMPS BENCHES: with those cells of the column image.
definition() {
  sed -e 's/^project_id;cost;name$/&;image/' -e "s#;lamps\$#&;$2#" -e "s#;benches\$#&;$3#" e.pb >"$1"
}
public=d/box/public
names() { ls "$public/img"; }

definition good.pb 'pictures/lamp 灯.png' bench.png
says 0 '2 pictures were made anew' init d --election good.pb
is_named_by_its_hash() {
  [ "$(names | wc -l)" -eq 2 ] && (cd "$public/img" && for f in *; do [ "$(sha256sum <"$f")" = "$f  -" ] || exit 1; done)
}
holds 'each is called by its SHA-256' is_named_by_its_hash
are_in_the_definition() { for f in $(names); do grep -q ";$f\$" d/election.pb || return 1; done; }
holds 'the definition names them' are_in_the_definition
have_no_words() { ! grep -rqa 'Wang Fang' "$public/img" && [ "$(cat "$public"/img/* | grep -ac JFIF)" -ge 1 ]; }
holds 'they are JPEG, and what the camera wrote is gone' have_no_words

# ---- all that is wrong, at once
definition bad.pb no-such.jpg moving.png
says 1 'bad.pb: 2 pictures cannot be taken' init n --election bad.pb
says 1 'project “1”, picture no-such.jpg: there is no file ./no-such.jpg' init n --election bad.pb
says 1 'project “2”, picture moving.png: the picture moves' init n --election bad.pb
refused() { definition bad.pb "$1" '' && says 1 "$2" init n --election bad.pb; }
refused e.pb 'no JPEG, PNG or WebP picture'
refused cut.png 'damaged or cut off'
refused ../lamp.png 'leads out of the folder'
refused pictures/../../lamp.png 'leads out of the folder'
refused "$work/bench.png" 'leads out of the folder'
refused https://example.org/lamp.png 'an address on the network'
ln -s bench.png linked.png
refused linked.png 'linked.png'
mkfifo pipe.png
refused pipe.png 'pipe.png'
holds 'nothing half made is left' test ! -e n -a ! -e .n.new

# ---- until the charter
ceremony() { trustee ceremony d $(keys) --name a --name b --name c --unencrypted && issue charter d; }
holds 'ceremony' ceremony
lamp=$public/img/$(names | head -n 1)
cp "$lamp" kept
printf x >>"$lamp"
trustee ceremony d $(keys) >/dev/null 2>&1
says 1 'was changed since yihu-issue init' issue charter d
rm "$lamp"
says 1 "${lamp##*/}" issue charter d
cp kept "$lamp"
holds 'with the very picture it goes on' issue charter d
says 3 'pictures that the election file names: 2' "$YIHU_AUDIT" $public

# ---- the backup has them, and so has the next election
mkdir stick
with_passphrase() { "$@" --passphrase-fd 5 5<<<'the old lime tree'; }
holds 'a backup' with_passphrase issue backup d stick
holds 'it comes back' with_passphrase issue restore stick back
holds 'with the pictures' diff -r $public/img back/box/public/img
again() { issue init next --again back --nobody-may-miss --unencrypted; }
says 0 '2 pictures were made anew' again
rm "back/box/public/img/${lamp##*/}"
rm -rf next
says 1 "there is no file back/box/public/img/${lamp##*/}" again
plan
