#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documents say the same in both languages, and what programs and tree say.

usage: documents.py SOURCE_ROOT FOLDER_OF_THE_PROGRAMS

Text itself is not compared, but all that has no language: the order of
sections, paragraphs and terms, commands, options, names, figures, links.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

source = pathlib.Path(sys.argv[1])
programs = pathlib.Path(sys.argv[2])
NAMES = sorted({page.name[len("yihu-"):-len(".1.scd")] for page in (source / "tools").rglob("yihu-*.1.scd")})
HEADINGS = {
    "NAME": "名称", "SYNOPSIS": "概要", "DESCRIPTION": "说明", "VERBS": "命令", "OPTIONS": "选项",
    "FILES": "文件", "EXIT STATUS": "退出状态", "EXAMPLES": "示例", "TRUST": "信任",
    "SEE ALSO": "另请参阅", "SIGNALS": "信号", "LOG": "运行记录", "PAGES": "网页", "CLOCK": "时钟",
    "MIRROR": "镜像", "ONE HISTORY": "一本账", "REBUILD": "重建", "RUSH": "拥挤", "REPLAY": "重放",
    "DESTROYING": "销毁", "JSON": "JSON", "THE FOLDER": "文件夹", "FROM A SERVER": "从服务器核对",
    "WATCHING A SERVER": "监督服务器", "WATCHING": "监视",
    "SERVICE": "系统服务", "CONFINEMENT": "约束", "CERTIFICATES": "证书",
    "BEHIND A WEB SERVER": "前面有网站服务器",
}


def read(path):
    return (source / path).read_text(encoding="utf-8")


def lacks(what, ours, theirs, theirs_path):
    for item in ours:
        if item not in theirs:
            yield f"{theirs_path} lacks {what}: {item}"


def compare(what, a, b, a_path, b_path):
    """Two lists that should be one: what either lacks, else the first out of order."""
    missing = [*lacks(what, a, b, b_path), *lacks(what, b, a, a_path)]
    yield from missing
    if not missing and list(a) != list(b):
        at = next((x for x, y in zip(a, b) if x != y), (list(a) + list(b))[min(len(a), len(b))])
        yield f"{b_path} has {what} at another place, or not as often: {at}"


FENCE = re.compile(r"^```\w*\n(.*?)^```\n", re.M | re.S)


def commands(text):
    """The lines of all code blocks, without what explains them: a comment, or words
    two blanks behind a command."""
    lines = [line.strip() for block in FENCE.findall(text) for line in block.split("\n")]
    bare = [re.sub(r"(^|\s)#\s.*|\s{2,}\S.*", "", line).strip() for line in lines]
    return [line for line in bare if line]


def figures(text):
    return set(re.findall(r"(?<![\w.^-])\d+(?:[.,:]\d+)*(?!\w)", text))


# ---- the manual


def sections(page):
    """Heading → its paragraphs; code is compared by itself."""
    parts = re.split(r"^# (.*)\n", FENCE.sub("", page), flags=re.M)
    bodies = [[b.strip("\n") for b in re.split(r"\n\s*\n", body) if b.strip()] for body in parts[2::2]]
    return dict(zip(parts[1::2], bodies))


def term(paragraph):
    """What a paragraph explains: "*--eid* _HEX_", or None."""
    first, _, rest = paragraph.partition("\n")
    return first if rest.startswith("\t") and re.match(r"[*_]", first) else None


def is_typed(name):
    """A file or a placeholder of the manual, and no word that is only stressed."""
    return re.search(r"[/.:]", name) or re.fullmatch(r"[A-Z][A-Z_]*", name)


def typed(paragraph, verbs):
    """What people type, whatever their language."""
    options = re.findall(r"--[a-z][a-z-]+", paragraph)
    names = re.findall(r"(?<![\w-])_([!-^`-~]+(?:_[A-Z][!-^`-~]*)*)_(?!\w)", paragraph)
    return {*options, *filter(is_typed, names), *(w for w in re.findall(r"\*([a-z-]+)\*", paragraph) if w in verbs)}


def paragraph_faults(ours, theirs, verbs, place):
    said = typed(ours, verbs) ^ typed(theirs, verbs)
    if said:
        yield f"{place}: in one language alone: {' '.join(sorted(said))}"
    unsaid = figures(ours) - figures(theirs)
    if unsaid:
        yield f"{place}: lacks {' '.join(sorted(unsaid))}"


def section_faults(head, ours, theirs, verbs, english, chinese):
    if head in ("SYNOPSIS", "SEE ALSO"):
        lines = ["\n".join(paragraphs).split("\n") for paragraphs in (ours, theirs)]
        yield from compare(f"a line of {head}", *lines, english, chinese)
        return
    # A term that is a word of the language is counted below, with the paragraphs.
    word = re.compile(r"\*([A-Z][a-z ]+|[\u4e00-\u9fff]+)\*")
    terms = [[t for t in map(term, s) if t and not word.fullmatch(t)] for s in (ours, theirs)]
    wrong = [*compare(f"an entry of {head}", *terms, english, chinese)]
    if not wrong and len(ours) != len(theirs):
        wrong = [f"{chinese}: {HEADINGS[head]} has {len(theirs)} paragraphs, {head} {len(ours)}"]
    yield from wrong
    if not wrong:
        for a, b in zip(ours, theirs):
            yield from paragraph_faults(a, b, verbs, f"{chinese}: {HEADINGS[head]}, “{b[:30]}”".replace("\n", " "))


def manual_faults(name):
    english, chinese = f"tools/yihu-{name}.1.scd", f"tools/zh_CN/yihu-{name}.1.scd"
    missing = [page for page in (english, chinese) if not (source / page).exists()]
    yield from (f"{page} is not there" for page in missing)
    if missing:
        return
    pages = read(english), read(chinese)
    en, zh = map(sections, pages)
    new = [head for head in en if head not in HEADINGS]
    yield from (f"{english}: {head} has no Chinese heading; add one to HEADINGS" for head in new)
    yield from compare("the section", [HEADINGS.get(h, h) for h in en], list(zh), english, chinese)
    yield from compare("the line of an example", *map(commands, pages), english, chinese)
    verbs = set(re.findall(r"\*([a-z-]+)\*", "\n".join(en["SYNOPSIS"] + en["SEE ALSO"])))
    for head in en:
        if HEADINGS.get(head) in zh:
            yield from section_faults(head, en[head], zh[HEADINGS[head]], verbs, english, chinese)


# ---- what programs say of themselves


def said(name, *words):
    command = [programs / f"yihu-{name}", *words]
    env = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def verbs_of(name):
    return [v["verb"] for v in json.loads(said(name, "--verbs"))["verbs"] if v["verb"]]


def help_faults(name):
    page = f"tools/yihu-{name}.1.scd"
    en = sections(read(page))
    synopsis = "\n".join(en["SYNOPSIS"])
    verbs = verbs_of(name)
    helps = [said(name, "--help"), *(said(name, verb, "--help") for verb in verbs)]
    told = {o for text in helps for o in re.findall(r"^  --([a-z-]+)", text, re.M)}
    listed = {o for p in en["OPTIONS"] if term(p) for o in re.findall(r"--([a-z-]+)", term(p))}
    named = listed | set(re.findall(r"\*--([a-z-]+)\*", synopsis))
    yield from (f"{page} does not name --{o}, which --help lists" for o in sorted(told - named))
    yield from (f"{page} names --{o}, which no --help lists" for o in sorted(named - told))
    if verbs:
        explained = {re.match(r"\*([a-z-]+)\*", term(p))[1] for p in en["VERBS"] if term(p)}
        shown = set(re.findall(rf"^\*yihu-{name}\* \*([a-z-]+)\*", synopsis, re.M))
        yield from (f"{page} does not explain the verb {v}" for v in sorted(set(verbs) - explained))
        yield from (f"{page} does not show the verb {v} in SYNOPSIS" for v in sorted(set(verbs) - shown))
        unknown = (explained | shown) - set(verbs)
        yield from (f"{page} tells of a verb {v}, which --help does not list" for v in sorted(unknown))


# ---- README in two languages

README, CHINESE = "README.md", "src/README.zh-CN.md"


def links(text, path):
    """Where the links of a document lead, from the root."""
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
        outside = re.match(r"[a-z]+:", target)
        yield target if outside else os.path.normpath(os.path.join(os.path.dirname(path), target.split("#")[0]))


def chapters(text):
    parts = re.split(r"^(#+) (.*)\n", FENCE.sub("", text), flags=re.M)
    return [(level, title, body) for level, title, body in zip(parts[1::3], parts[2::3], parts[3::3])]


def marks(body):
    return sorted(set(re.findall(r"`([^`]+)`", body)))


def chapter_faults(ours, theirs):
    place = f"“{theirs[1]}”"
    spans = [[w.replace("zh_CN/", "") for w in marks(c[2])] for c in (ours, theirs)]
    yield from compare(f"in {place}", *spans, README, CHINESE)
    rows = [re.findall(r"^\| (.*?) \|", c[2], re.M) for c in (ours, theirs)]
    cells = [[marks(row) or re.findall(r"\[(.*?)\]", row) for row in r] for r in rows]
    yield from compare(f"in {place} the row", *cells, README, CHINESE)
    items = [len(re.findall(r"^(?:-|\d+\.) ", c[2], re.M)) for c in (ours, theirs)]
    if items[0] != items[1]:
        yield f"{CHINESE}: {place} has {items[1]} points, and {README} {items[0]}"
    paragraphs = [len(re.findall(r"\n\n(?=[^\n>])", "\n\n" + c[2])) for c in (ours, theirs)]
    if ours[0] != "#" and paragraphs[0] != paragraphs[1]:
        yield f"{CHINESE}: {place} has {paragraphs[1]} paragraphs, and {README} {paragraphs[0]}"
    unsaid = figures(ours[2]) - figures(theirs[2])
    if unsaid:
        yield f"{CHINESE}: {place} lacks {' '.join(sorted(unsaid))}"


def readme_faults():
    texts = read(README), read(CHINESE)
    ours, theirs = map(chapters, texts)
    yield from compare("the command", *map(commands, texts), README, CHINESE)
    there = [set(links(text, path)) - {README, CHINESE} for text, path in zip(texts, (README, CHINESE))]
    yield from compare("the link", *map(sorted, there), README, CHINESE)
    if [c[0] for c in ours] != [c[0] for c in theirs]:
        yield f"{CHINESE} has the chapters {[c[1] for c in theirs]}, and {README} {[c[1] for c in ours]}"
        return
    for a, b in zip(ours, theirs):
        yield from chapter_faults(a, b)
    if CHINESE not in links(texts[0].split("\n## ")[0], README):
        yield f"{README} does not lead to {CHINESE} on its first screen"


# ---- what documents say of the tree

HOUSE = "src/README.md"


def folder_faults():
    """The table of folders: each has a row, its arrows are those of meson.build, and none runs down."""
    table = next(body for _, title, body in chapters(read(HOUSE)) if title == "Folders")
    rows = {m[1]: set(re.findall(r"[a-z]+", m[2])) for m in re.finditer(r"^\| `([a-z]+)` \|([^|]*)\|", table, re.M)}
    folders = {p.parent.name for p in (source / "src").glob("*/meson.build")}
    yield from (f"{HOUSE}: src/{f} has no row" for f in sorted(folders - set(rows)))
    yield from (f"{HOUSE}: there is no folder src/{f}" for f in sorted(set(rows) - folders))
    above = set()
    for folder in filter(folders.__contains__, rows):
        deps = set(re.findall(r"\b([a-z]+)_dep\b", read(f"src/{folder}/meson.build"))) - {folder}
        yield from lacks(f"what {folder} stands on by its meson.build", sorted(deps), rows[folder], HOUSE)
        yield from lacks(f"what {folder} stands on by {HOUSE}", sorted(rows[folder]), deps, f"src/{folder}/meson.build")
        yield from lacks(f"above {folder} what it stands on", sorted(rows[folder] & folders), above, HOUSE)
        above.add(folder)


def path_faults():
    """Files that src/README.md names are there: below the root, src, or anywhere by a bare name."""
    files = {p.name for top in ("src", "include", "tools", "tests") for p in (source / top).rglob("*.*")}
    for mark in marks(read(HOUSE)):
        word = mark.split()[0]
        is_path = re.fullmatch(r"[a-z][\w.-]*(/[\w.-]+)+/?", word) and not word.startswith("build/")
        if re.search(r"[A-Z]{2}", word.replace("API", "").replace("TABLE", "").replace("LINGUAS", "")):
            continue  # a placeholder: NAME, XX
        if is_path and not any((source / base / word).exists() for base in ("", "src")):
            yield f"{HOUSE}: there is no {word}"
        elif re.fullmatch(r"[\w-]+\.(c|h|ts|md|mjs|py|sh|json|po)", word) and word not in files:
            yield f"{HOUSE}: there is no file {word}"


def file_faults():
    """The table of the committee's files names programs and verbs that there are."""
    table = "src/folder/files.h"
    writers = re.findall(r'^\tX\(.*"([^"]*)"\)', read(table), re.M)
    if not writers:
        yield f"{table}: there is no table"
    for program, verb in {(w.split()[0], v) for w in writers for v in re.split(r",? ", w)[1:] if w.split()[0] in NAMES}:
        if not (verb in said(program, "--help") if verb.startswith("--") else verb in verbs_of(program)):
            yield f"{table}: yihu-{program} has no {verb}"


def link_faults():
    for path in (README, CHINESE, HOUSE, "src/NEWS.md", "src/PROTOCOL.md", "src/countd/API.md"):
        for target in links(read(path), path):
            if not re.match(r"[a-z]+:", target) and not (source / target).exists():
                yield f"{path}: the link to {target} leads nowhere"


def main():
    checks = [(f"the manual of yihu-{n} is the same in both languages", manual_faults(n)) for n in NAMES]
    checks += [(f"yihu-{n} --help and its manual name the same", help_faults(n)) for n in NAMES]
    checks += [("the README is the same in both languages", readme_faults()),
               ("src/README.md has every folder and its arrows", folder_faults()),
               ("src/README.md names files that are there", path_faults()),
               ("the committee's files are written by verbs that there are", file_faults()),
               ("links lead somewhere", link_faults())]
    failed = 0
    print(f"1..{len(checks)}")
    for number, (name, faults) in enumerate(checks, 1):
        found = list(faults)
        for fault in found:
            print(f"# {fault}")
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} - {name}")
    sys.exit(failed > 0)


main()
