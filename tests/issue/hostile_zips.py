#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes of a good archive one that nobody may open.

usage: hostile_zips.py CASE GOOD.zip BAD.zip
"""
import hashlib
import struct
import sys
import zipfile

case, good, bad = sys.argv[1:]
SUMS = "SHA256SUMS"


def read():
    """[(ZipInfo, bytes)] in the good one's order."""
    with zipfile.ZipFile(good) as z:
        return [(i, z.read(i)) for i in z.infolist()]


def write(entries, comment=b""):
    with zipfile.ZipFile(bad, "w") as z:
        for info, data in entries:
            z.writestr(info, data, compress_type=info.compress_type)
        z.comment = comment


def entry(name, data=b"x", mode=0o100644, packed=zipfile.ZIP_STORED):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr, info.compress_type = 3, mode << 16, packed
    return info, data


def summed(entries):
    """With the SHA256SUMS that fits them: what is wrong is something else."""
    rest = sorted((e for e in entries if e[0].filename != SUMS), key=lambda e: e[0].filename.encode())
    text = "".join(f"{hashlib.sha256(d).hexdigest()}  {i.filename}\n" for i, d in rest)
    return [entry(SUMS, text.encode()), *rest]


def with_one(*more):
    write(summed([*read(), *more]))


def changed(name, change):
    return [(i, change(d) if i.filename == name else d) for i, d in read()]


def patched(change):
    """The file's bytes, changed by hand."""
    data = bytearray(open(good, "rb").read())
    change(data)
    open(bad, "wb").write(data)


def directory_of(data):
    """Where each entry of the directory begins."""
    at, n = struct.unpack("<I", data[-6:-2])[0], struct.unpack("<H", data[-12:-10])[0]
    for _ in range(n):
        yield at
        at += 46 + sum(struct.unpack("<HHH", data[at + 28:at + 34]))


def set_first(offset, form, value):
    def change(data):
        at = next(iter(directory_of(data)))
        struct.pack_into(form, data, at + offset, value)
    patched(change)


def bomb():
    """An entry that is small and unfolds to a thousand times as much."""
    with_one(entry("paper/zeros", bytes(1 << 26), packed=zipfile.ZIP_DEFLATED))


def longer_than_it_says():
    """The directory promises fewer bytes than there are."""
    write(summed([*read(), entry("paper/zeros", bytes(1 << 20), packed=zipfile.ZIP_DEFLATED)]))
    data = bytearray(open(bad, "rb").read())
    for at in directory_of(data):
        name = data[at + 46:at + 46 + struct.unpack("<H", data[at + 28:at + 30])[0]]
        if name == b"paper/zeros":
            local = struct.unpack("<I", data[at + 42:at + 46])[0]
            struct.pack_into("<I", data, at + 24, 1000)
            struct.pack_into("<I", data, local + 22, 1000)
    open(bad, "wb").write(data)


def local_name_differs():
    def change(data):
        at = data.index(b"public/charter", next(directory_of(data))) # in the directory alone
        data[at:at + 14] = b"public/charteX"
    patched(change)


CASES = {
    "text": lambda: open(bad, "wb").write(b"PK\x03\x04 this is no archive"),
    "cut-off": lambda: open(bad, "wb").write(open(good, "rb").read()[:-1000]),
    "absolute": lambda: with_one(entry("/tmp/evil")),
    "upwards": lambda: with_one(entry("paper/../../evil")),
    "dot": lambda: with_one(entry("public/./charter")),
    "backslash": lambda: with_one(entry("paper\\evil")),
    "drive": lambda: with_one(entry("C:evil")),
    "control": lambda: with_one(entry("paper/a\x1b[2Jb")),
    "empty-part": lambda: with_one(entry("public//charter")),
    "link": lambda: with_one(entry("public/link", b"/etc/passwd", 0o120777)),
    "device": lambda: with_one(entry("public/null", b"", 0o020666)),
    "twice": lambda: write(summed([*read(), entry("public/charter")])),
    "bomb": bomb,
    "longer": longer_than_it_says,
    "many": lambda: with_one(*[entry(f"paper/{i}", b"") for i in range(32768)]),
    "password": lambda: set_first(8, "<H", 0x801),
    "odd-packing": lambda: with_one(entry("paper/a", b"a" * 1000, packed=zipfile.ZIP_BZIP2)),
    "local-name": local_name_differs,
    "flipped": lambda: patched(lambda data: data.__setitem__(data.index(b"yihu-charter"), 0x59)),
    "changed": lambda: write(changed("index.csv", lambda d: d + b"\n")),
    "unlisted": lambda: write([*read(), entry("public/more")]),
    "missing": lambda: write([e for e in read() if e[0].filename != "public/register"]),
    "no-sums": lambda: write([e for e in read() if e[0].filename != SUMS]),
    "bad-sums": lambda: write(changed(SUMS, lambda d: d.replace(b"  ", b" ", 1))),
    "more-sums": lambda: write(changed(SUMS, lambda d: d + b"0" * 64 + b"  zz\n")),
    "huge-box": lambda: write(summed(changed("public/box", lambda d: d + bytes(1 << 20)))),
}
CASES[case]()
