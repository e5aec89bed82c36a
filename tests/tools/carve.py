# SPDX-License-Identifier: Apache-2.0
"""Looks for secrets in the raw bytes of a disk. A needle is a line "kind hex".

carve.py letters DIR...      needles of the letters that the lists in DIR name
carve.py pending FILE        needles of a change under way
carve.py generation FILE     needles of one generation of a key file
carve.py all IMAGE NEEDLES [KIND]   fails unless every needle (of a kind) is there
carve.py none IMAGE NEEDLES FILE...  fails when any needle is there that is in none of FILEs
carve.py keys IMAGE FILE...  fails when a key file is there that is none of FILEs
carve.py papers IMAGE        fails when a PDF, PNG or SVG file is there
"""
import csv
import os
import re
import sys

TOKEN_BYTES, SEED = 84, slice(4, 36)
PIECE = 48
KEY = re.compile(
    rb"yihu-key-v1\nrole \w+\npublic [^\n]+\nkdf [^\n]+\n(?:plain|sealed) [\w+/=]+\n")
PAPERS = {"PDF": b"%PDF-1.", "PNG": b"\x89PNG\r\n\x1a\n", "SVG": b"<svg "}


def read(path):
    with open(path, "rb") as f:
        return f.read()


def read_disk(path):
    """Without its holes: what was never written holds no needle."""
    fd, parts, end = os.open(path, os.O_RDONLY), [], 0
    while True:
        try:
            at = os.lseek(fd, end, os.SEEK_DATA)
        except OSError:  # no more data
            os.close(fd)
            return b"".join(parts)
        end = os.lseek(fd, at, os.SEEK_HOLE)
        parts.append(os.pread(fd, end - at, at))


def put(kind, needle):
    print(kind, needle.hex())


def put_token(token):
    put("token", token)
    put("seed", token[SEED])


def letters(*dirs):
    for d in dirs:
        for name in "list.csv", "changed.csv":
            try:
                rows = list(csv.DictReader(read(f"{d}/{name}").decode().splitlines()))
            except FileNotFoundError:
                continue
            for row in rows:
                digits = row["scan"][-(TOKEN_BYTES * 29 // 12 + 1):]
                put("text", digits.encode())
                put("text", row["typed"].encode())
                put_token(int(digits[1:]).to_bytes(TOKEN_BYTES, "big"))


def pending(path):
    put_token(read(path)[:TOKEN_BYTES])


def generation(path):
    """Pieces of the sealed line: what comes out anew at each save."""
    body = read(path).splitlines()[-1].split()[1]
    for at in range(0, len(body) - PIECE + 1, PIECE):
        put("key", body[at:at + PIECE])


def needles(path, kind=None):
    found = [line.split() for line in read(path).decode().splitlines()]
    chosen = [bytes.fromhex(n) for k, n in found if kind in (None, k)]
    if not chosen:
        sys.exit(f"{path} has no needles {kind or ''}")
    return chosen


def all_there(image, path, kind=None):
    disk = read_disk(image)
    wanted = needles(path, kind)
    missing = sum(n not in disk for n in wanted)
    if missing:
        sys.exit(f"{missing} of {len(wanted)} needles are not there")


def none_there(image, path, *files):
    disk, kept = read_disk(image), b"".join(read(f) for f in files)
    gone = [n for n in needles(path) if n not in kept]
    found = sum(n in disk for n in gone)
    if found or not gone:
        sys.exit(f"{found} of {len(gone)} needles are still there")


def keys(image, *files):
    known = {read(f) for f in files}
    found = set(KEY.findall(read_disk(image)))
    if not known & found:
        sys.exit("not even the files that are there were found")
    for old in found - known:
        print("an earlier generation:", old.splitlines()[2].decode())
    if found - known:
        sys.exit(1)


def papers(image):
    disk = read_disk(image)
    found = [name for name, magic in PAPERS.items() if magic in disk]
    if found:
        sys.exit("still there: " + ", ".join(found))


VERBS = {"letters": letters, "pending": pending, "generation": generation, "all": all_there,
         "none": none_there, "keys": keys, "papers": papers}
VERBS[sys.argv[1]](*sys.argv[2:])
