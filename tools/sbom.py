#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a package is made of, as an SPDX 2.3 document (JSON) on standard output.

usage: tools/sbom.py NAME VERSION ARCHITECTURE FOLDER LOCK [pages]

FOLDER has the package's files: of each program and library in it the shared
libraries that it loads are named, with the Debian package and version that they
came from where it was built. With the word "pages" the package has the built pages in it:
then LOCK, npm's lock file, says what is bundled into them and what built them.
The time is SOURCE_DATE_EPOCH's, so the same input makes the same bytes.
"""
import base64
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

OURS = "Apache-2.0"
BUNDLERS = ("esbuild", "typescript")
# Of the packages bundled, these have types alone: nothing of them is in a page.
TYPES_ALONE = ("@types/", "type-fest", "tagged-tag")


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def identifier(kind, name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", f"{kind}-{name}")


def package(kind, name, version, licence, purl, **more):
    return {
        "SPDXID": identifier(kind, name),
        "name": name,
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": purl,
        }],
        **more,
    }


def elf_files(folder):
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        with open(path, "rb") as f:
            if f.read(4) == b"\x7fELF":
                yield path


def loaded(path):
    """The shared libraries that it names itself, where this computer has them."""
    needed = set(re.findall(r"^\s+NEEDED\s+(\S+)$", run("objdump", "-p", str(path)), re.M))
    places = dict(re.findall(r"^\s+(\S+) => (/\S+)", run("ldd", str(path)), re.M))
    return {places[name] for name in needed if name in places}


def owners(files):
    """The Debian packages that these libraries are of: below /lib, or below /usr/lib, which is the same."""
    places = {os.path.realpath(f) for f in files}
    places |= {p.removeprefix("/usr") for p in places}
    # It says of half of them that they are nobody's.
    found = subprocess.run(["dpkg-query", "-S", *sorted(places)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return sorted({line.split(": ")[0] for line in found.stdout.splitlines()})


def libraries(folder):
    mine = owners({library for path in elf_files(folder) for library in loaded(path)})
    told = run("dpkg-query", "-W", "-f", "${Package} ${Version} ${Architecture}\n", *mine) if mine else ""
    for name, version, architecture in map(str.split, told.splitlines()):
        purl = f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}"
        yield package("deb", name, version, "NOASSERTION", purl)


def from_lock(lock):
    """(package, did it build the pages rather than go into them) of what npm installed for them."""
    for path, entry in sorted(json.loads(lock.read_text())["packages"].items()):
        name = path.rpartition("node_modules/")[2]
        builds = name in BUNDLERS
        if not name or name.startswith(TYPES_ALONE) or (entry.get("dev") and not builds):
            continue
        algorithm, _, digest = entry["integrity"].partition("-")
        checksum = {"algorithm": algorithm.upper(), "checksumValue": base64.b64decode(digest).hex()}
        purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
        yield package("npm", name, entry["version"], entry["license"], purl, checksums=[checksum]), builds


def document(name, version, architecture, folder, lock, pages):
    main = package("yihu", name, version, OURS, f"pkg:deb/{name}@{version.replace('+', '%2B')}?arch={architecture}")
    parts, ties = [main], []

    def tie(one, kind, other):
        ties.append({"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other})

    tie("SPDXRef-DOCUMENT", "DESCRIBES", main["SPDXID"])
    for part in libraries(folder):
        parts.append(part)
        tie(main["SPDXID"], "DYNAMIC_LINK", part["SPDXID"])
    for part, builds in from_lock(lock) if pages else ():
        parts.append(part)
        if builds:
            tie(part["SPDXID"], "BUILD_TOOL_OF", main["SPDXID"])
        else:
            tie(main["SPDXID"], "CONTAINS", part["SPDXID"])
    when = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{name}-{version}",
        "documentNamespace": f"https://yihu.example/spdx/{name}-{version}-{architecture}",
        "creationInfo": {"created": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: yihu-sbom"]},
        "packages": parts,
        "relationships": ties,
    }


def main():
    if len(sys.argv) not in (6, 7) or sys.argv[6:] not in ([], ["pages"]):
        sys.exit(__doc__.split("\n\n")[1])
    name, version, architecture, folder, lock = sys.argv[1:6]
    made = document(name, version, architecture, pathlib.Path(folder), pathlib.Path(lock), len(sys.argv) == 7)
    json.dump(made, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
