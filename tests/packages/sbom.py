#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What packages are made of, as tools/sbom.py writes it: SPDX that can be read, whole and true.

usage: sbom.py SOURCE PROGRAM…             of a folder with these programs, made here
       sbom.py --read FILE…                those that packages have
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

N = 0
FAILED = False


def hold(name, faults):
    global N, FAILED
    N += 1
    FAILED = FAILED or bool(faults)
    print(f"{'not ok' if faults else 'ok'} {N} - {name}")
    for fault in faults:
        print(f"# {fault}")


def faults_of(made):
    """What SPDX 2.3 asks of a document, and what this one is to say."""
    if made["spdxVersion"] != "SPDX-2.3" or made["dataLicense"] != "CC0-1.0" or made["SPDXID"] != "SPDXRef-DOCUMENT":
        yield "it is no SPDX 2.3"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["creationInfo"]["created"]):
        yield "the time is none"
    if not made["creationInfo"]["creators"] or "#" in made["documentNamespace"]:
        yield "nobody made it"
    names = collections.Counter(p["SPDXID"] for p in made["packages"])
    yield from (f"{name} is there twice" for name, n in names.items() if n > 1)
    yield from (f"{name} is no name" for name in names if not re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", name))
    for part in made["packages"]:
        if not (part["name"] and part["versionInfo"] and part["downloadLocation"]) or part["filesAnalyzed"]:
            yield f"{part['name']} lacks something"
        for checksum in part.get("checksums", ()):
            if checksum["algorithm"] != "SHA512" or not re.fullmatch("[0-9a-f]{128}", checksum["checksumValue"]):
                yield f"{part['name']} has a wrong checksum"
        if not part["externalRefs"][0]["referenceLocator"].startswith("pkg:"):
            yield f"{part['name']} has no address"
    tied = {"SPDXRef-DOCUMENT"}
    for tie in made["relationships"]:
        tied |= {tie["spdxElementId"], tie["relatedSpdxElement"]}
    yield from (f"{name} is named and not there" for name in tied - set(names) - {"SPDXRef-DOCUMENT"})
    yield from (f"{name} is tied to nothing" for name in set(names) - tied)
    if [t["relationshipType"] for t in made["relationships"]].count("DESCRIBES") != 1:
        yield "it does not say of what it is"


def make(source, folder, *pages):
    lock = source / "src/web/package-lock.json"
    command = [source / "tools/sbom.py", "yihu-x", "1.0-1", "amd64", folder, lock, *pages]
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1780272000"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env).stdout


def names(made, kind):
    return [p["name"] for p in made["packages"] if p["SPDXID"].startswith(f"SPDXRef-{kind}-")]


def made_here(source, programs):
    if not all(map(shutil.which, ("dpkg-query", "objdump", "ldd"))):
        print("1..0 # SKIP no Debian tools")
        sys.exit()
    lock = json.loads((source / "src/web/package-lock.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        for program in programs:
            shutil.copy(program, folder)
        first = make(source, folder, "pages")
        made, plain = json.loads(first), json.loads(make(source, folder))
        hold("the same input makes the same bytes", [] if make(source, folder, "pages") == first else ["it does not"])
    hold("SPDX finds no fault with it", list(faults_of(made)) + list(faults_of(plain)))
    libraries = names(made, "deb")
    wanted = [w for w in ("libc6", "libsodium23", "libgmp10") if w not in libraries]
    hold("the libraries that the programs load are there", wanted)
    hold("none that they do not", [n for n in libraries if n.startswith(("libsqlite", "libmicrohttpd", "libpango"))])
    bundled = set(lock["packages"][""]["dependencies"])
    hold("all that the pages are bundled of is there", bundled - set(names(made, "npm")))
    hold("and not what only lays out or types", set(names(made, "npm")) & {"prettier", "@types/node", "undici-types"})
    hold("without pages there is nothing of npm's", names(plain, "npm"))


def main():
    if sys.argv[1] == "--read":
        for path in sys.argv[2:]:
            made = json.loads(pathlib.Path(path).read_text())
            hold(f"{os.path.basename(path)}, {len(made['packages']) - 1} parts", list(faults_of(made)))
    else:
        made_here(pathlib.Path(sys.argv[1]), sys.argv[2:])
    print(f"1..{N}")
    sys.exit(FAILED)


main()
