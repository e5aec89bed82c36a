#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No word of the glossary's last column stands in anything that people read.

usage: glossary.py SOURCE_ROOT RENDERED_FOLDER

The folder holds what was rendered: pages (.html, .js) and paper (.pdf, read
back by pdftotext). From the sources come both catalogues, the programs'
messages in both languages, the documents with the handbook, and what tools/demo
and tools/replay print.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

source, rendered = Path(sys.argv[1]), Path(sys.argv[2])
GLOSSARY = source / "src/words/glossary.txt"
DOCUMENTS = ("README.md", "src/README.zh-CN.md", "tools/demo", "tools/replay", *(
    str(p.relative_to(source)) for p in (
        *sorted((source / "tools").rglob("*.scd")), *sorted((source / "src/handbook").rglob("*.md")))))
CJK = re.compile(r"[\u3400-\u9fff]")


def terms():
    """(line, term, 中文, English, [never])"""
    for number, line in enumerate(GLOSSARY.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        fields = [f.strip() for f in line.split("|")]
        if len(fields) != 4 or not all(fields):
            sys.exit(f"{GLOSSARY.name}:{number}: not “term | 中文 | English | never”")
        yield number, *fields[:3], [w.strip() for w in fields[3].split(",")]


def found(word, text):
    """CJK has no blanks between words, and paper breaks its lines anywhere."""
    if CJK.search(word):
        return word in text
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.I)


# ---- what is read: (place, text)


def catalogues():
    for path in sorted((source / "src/words").glob("*.json")):
        for section, texts in json.loads(path.read_text(encoding="utf-8")).items():
            yield from ((f"{path.name}: {section}.{key}", text) for key, text in texts.items())


STRING = r'"((?:[^"\\]|\\.)*)"'


def messages():
    """Of src/po/zh_CN.po, by line: msgid is what is said in English."""
    path = source / "src/po/zh_CN.po"
    text, at = "", 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.match(r"msg(id|str)", line):
            yield f"src/po/{path.name}:{at}", text
            text, at = "", number
        if not line.startswith("#"):
            text += "".join(re.findall(STRING, line))
    yield f"src/po/{path.name}:{at}", text


def documents():
    for name in DOCUMENTS:
        for number, line in enumerate((source / name).read_text(encoding="utf-8").splitlines(), 1):
            yield f"{name}:{number}", line


def paper():
    for path in sorted(rendered.rglob("*.pdf")):
        run = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        for page, text in enumerate(run.stdout.split("\f"), 1):
            yield f"{path.relative_to(rendered)}, page {page}", text


def pages():
    for path in sorted(p for p in rendered.rglob("*") if p.suffix in (".html", ".js", ".csv")):
        text = path.read_text(encoding="utf-8-sig")
        yield str(path.relative_to(rendered)), text


KINDS = {
    "the catalogues": catalogues,
    "the programs' messages": messages,
    "the documents": documents,
    "paper": paper,
    "the pages": pages,
}


def faults(texts):
    for place, text in texts:
        dense = re.sub(r"(?<=[\u3000-\u9fff])\s+(?=[\u3000-\u9fff])", "", text)
        for _, term, chinese, english, never in terms():
            for word in filter(lambda w: found(w, dense), never):
                yield f"{place}: “{word}” for {term}; it is {chinese if CJK.search(word) else english}"


def unused(texts):
    """The glossary tells no words that nobody says."""
    everything = "\n".join(text for _, text in texts)
    lower = everything.lower()
    for number, term, chinese, english, _ in terms():
        for word in (chinese, *english.split(", ")):
            if word.lower() not in lower:
                yield f"{GLOSSARY.name}:{number}: nothing says “{word}”, for {term}"


def main():
    read = {name: list(texts()) for name, texts in KINDS.items()}
    checks = [(f"{name} call each thing by its name", list(faults(texts))) for name, texts in read.items()]
    checks += [(f"{name} were read", [] if len(texts) > 5 else [f"{len(texts)} texts"]) for name, texts in read.items()]
    checks.append(("the glossary is of words in use", list(unused(t for texts in read.values() for t in texts))))
    print(f"1..{len(checks)}")
    for number, (name, wrong) in enumerate(checks, 1):
        print("".join(f"# {line}\n" for line in wrong) + f"{'not ' if wrong else ''}ok {number} - {name}")
    sys.exit(any(wrong for _, wrong in checks))


main()
