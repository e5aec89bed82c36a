#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes of the catalogues (one LANGUAGE.json each) a table for the C, or a file
a section for the pages.

usage: words.py --header TABLE.h --table TABLE.c [--depfile FILE] FOLDER…
       words.py --pages OUT [--depfile FILE --target BUILT] FOLDER…

A catalogue holds sections of words by key; {name} stands for a value. All must
have the same keys and the same placeholders: what differs is an error that
names key and language, and nothing is written.
"""
import argparse
import json
import re
import sys
from pathlib import Path

# The language of those who name none; all others follow by the alphabet.
DEFAULT = "zh-CN"
# What C says. Pages have all but what C has for itself.
C_SECTIONS = ("language", "form", "term", "result", "paper", "proof", "archive")
C_ALONE = ("result", "paper", "proof", "archive")
# Forms of a moment: a language takes of these what it needs, in its own order.
MOMENT = {"year", "month", "mm", "day", "dd", "weekday", "hour", "minute"}
FREE = {("form", key): MOMENT for key in ("date", "time", "brief")}
MAY_BE_EMPTY = {("form", "gap"), ("form", "thousands")}
FORMS = {
    ("language", "dir"): r"ltr|rtl",
    ("form", "zone"): r"[+-]\d\d:\d\d",
}
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


def unique(pairs):
    keys = [k for k, _ in pairs]
    twice = {k for k in keys if keys.count(k) > 1}
    if twice:
        raise ValueError(f"{', '.join(sorted(twice))}: twice")
    return dict(pairs)


def read(path):
    """The catalogue as {(section, key): text}."""
    sections = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)
    words = {}
    for section, texts in sections.items():
        if not isinstance(texts, dict) or not all(isinstance(t, str) for t in texts.values()):
            raise ValueError(f"{section}: not a section of texts")
        words.update({(section, key): text for key, text in texts.items()})
    return words


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def text_faults(word, text):
    if not text and word not in MAY_BE_EMPTY:
        yield "is empty"
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield "has a brace that is no placeholder"
    if re.search(r"[\x00-\x1f\x7f]", text):
        yield "has a control character"
    if word in FORMS and not re.fullmatch(FORMS[word], text):
        yield f"is none of {FORMS[word]}"
    for name in sorted(placeholders(text) - FREE[word] if word in FREE else []):
        yield f"has the unknown placeholder {{{name}}}"


def difference(word, text, other):
    """How the placeholders of a text differ from those of the same text in another language."""
    if word in FREE:
        return
    for name in sorted(placeholders(text) - placeholders(other)):
        yield f"has the unknown placeholder {{{name}}}"
    for name in sorted(placeholders(other) - placeholders(text)):
        yield f"lacks the placeholder {{{name}}}"


def sections_twice(catalogue):
    """A page finds a text by its key alone, in whichever of its sections it stands."""
    seen = {}
    for section, key in catalogue:
        if section != "language" and section not in C_ALONE and seen.setdefault(key, section) != section:
            yield (section, key), f"stands in {seen[key]} too"


def faults(catalogues):
    first, *others = catalogues
    yield from ((first, word, what) for word, what in sections_twice(catalogues[first]))
    for tag in catalogues:
        for word, text in catalogues[tag].items():
            yield from ((tag, word, f) for f in text_faults(word, text))
        for word in filter(lambda w: not all(map(KEY.fullmatch, w)), catalogues[tag]):
            yield tag, word, "is no key: a-z, 0-9 and hyphens"
        second = catalogues[tag].get(("language", "second"))
        if second == tag or second not in catalogues:
            yield tag, ("language", "second"), "names no other catalogue"
        if catalogues[tag].get(("form", "zone")) != catalogues[first].get(("form", "zone")):
            yield tag, ("form", "zone"), f"is not that of {first}: an election has one zone"
    for tag in others:
        for word in catalogues[first].keys() | catalogues[tag].keys():
            if word not in catalogues[tag]:
                yield tag, word, "is missing"
            elif word not in catalogues[first]:
                yield first, word, "is missing"
            else:
                texts = catalogues[tag][word], catalogues[first][word]
                yield from ((tag, word, f) for f in difference(word, *texts))


def load(folders):
    paths = sorted(p for folder in folders for p in Path(folder).glob("*.json"))
    catalogues = {}
    for path in sorted(paths, key=lambda p: (p.stem != DEFAULT, p.stem)):
        try:
            catalogues[path.stem] = read(path)
        except ValueError as e:
            sys.exit(f"{path}: {e}")
    if DEFAULT not in catalogues:
        sys.exit(f"words.py: there is no {DEFAULT}.json")
    found = sorted({f"{tag}.json: {'.'.join(word)} {what}" for tag, word, what in faults(catalogues)})
    if found:
        sys.exit("\n".join(found))
    return paths, catalogues


# ---- the table for C


def identifier(*parts):
    return "_".join(parts).upper().replace("-", "_")


def c_string(text):
    return json.dumps(text, ensure_ascii=False).replace("??", '?" "?')


def comment(text):
    return text.replace("*/", "* /")


def brief(tag, catalogues):
    """What users call it: "zh", unless an earlier catalogue has that name."""
    first = tag.split("-")[0]
    return first if next(t for t in catalogues if t.split("-")[0] == first) == tag else tag


def c_words(catalogues):
    return [word for word in catalogues[DEFAULT] if word[0] in C_SECTIONS]


def header(catalogues):
    yield "/* Made by src/words/words.py. */"
    yield "#ifndef YIHU_WORDS_TABLE_H\n#define YIHU_WORDS_TABLE_H\n"
    yield "enum language {"
    yield from (f"\tLANGUAGE_{identifier(tag)}," for tag in catalogues)
    yield f"\tLANGUAGE_DEFAULT = LANGUAGE_{identifier(DEFAULT)}\n}};\n"
    yield "enum word {"
    yield from (f"\tW_{identifier(*word)}, /* {comment(catalogues[DEFAULT][word])} */" for word in c_words(catalogues))
    yield "\tN_WORDS\n};\n\n#endif"


def table(catalogues):
    yield "/* Made by src/words/words.py. */"
    yield '#include "words/catalogue.h"\n'
    yield "const struct words_catalogue words_catalogues[] = {"
    for tag, words in catalogues.items():
        yield f'\t{{"{tag}", "{brief(tag, catalogues)}", {{'
        yield from (f"\t\t[W_{identifier(*word)}] = {c_string(words[word])}," for word in c_words(catalogues))
        yield "\t}},"
    yield "};"
    yield f"const size_t words_n_catalogues = {len(catalogues)};"


# ---- the files for pages


def page_files(catalogues):
    """Each section by language, and what each language is called."""
    about = {tag: {k: text for (s, k), text in words.items() if s == "language"} for tag, words in catalogues.items()}
    yield "languages", {tag: {**texts, "brief": brief(tag, catalogues)} for tag, texts in about.items()}
    for section in dict.fromkeys(s for s, _ in catalogues[DEFAULT] if s != "language" and s not in C_ALONE):
        yield section, {t: {k: text for (s, k), text in words.items() if s == section} for t, words in catalogues.items()}


def write_pages(out, catalogues):
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, content in page_files(catalogues):
        write(Path(out) / f"{name}.json", [json.dumps(content, ensure_ascii=False, indent=1)])


def write(path, lines):
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def parse(argv):
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("--header")
    arguments.add_argument("--table")
    arguments.add_argument("--pages", metavar="OUT")
    arguments.add_argument("--depfile", help="for ninja: a catalogue that comes or goes changes its folder")
    arguments.add_argument("--target", help="what the depfile is for, when it is not the tables")
    arguments.add_argument("folders", nargs="+")
    return arguments.parse_args(argv)


def main(argv=None):
    a = parse(argv)
    paths, catalogues = load(a.folders)
    if a.header:
        write(a.header, header(catalogues))
        write(a.table, table(catalogues))
    if a.pages:
        write_pages(a.pages, catalogues)
    if a.depfile:
        target = a.target or f"{a.header} {a.table}"
        write(a.depfile, [f"{target}: {' '.join(map(str, [*a.folders, *paths]))}"])


if __name__ == "__main__":
    main()
