#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A language that nobody speaks, to see whether one more file is enough.

usage: pseudo.py SOURCE_ROOT OUT.json

Made of the English catalogue: every letter has a mark on it, every text is
longer by a third, and it runs from right to left. What is rendered in it and
has plain letters was not translated.
"""
import json
import re
import sys
from pathlib import Path

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKED = "áßçďéſğħíĵķļµñöþøřšťúŵŵ×ýžÁßÇĎÉÐĞĦÍĴĶĻÆÑÖÞØŘŠŤÚŴŴ×ÝŽ"
# What is no text: the language's own settings, and signs that are set between others.
KEPT = {("language", "second"), ("form", "zone"), ("form", "gap"), ("form", "thousands"), ("form", "point")}
SHORT = {("language", "short"), ("page", "larger-brief")} | {("form", day) for day in ("sun", "mon", "tue", "wed", "thu", "fri", "sat")}


def marked(text):
    parts = re.split(r"(\{[a-z]+\}|/verify\b|results\.(?:pb|json)|PUBLIC_DIR)", text)
    return "".join(p if i % 2 else p.translate(str.maketrans(PLAIN, MARKED)) for i, p in enumerate(parts))


def longer(text):
    if not re.search(r"[^\W\d_]", text):
        return text
    return " ".join([text, *["öéöéö"] * (len(text) // 18), "öé"[: len(text) % 18 // 5 + 1]])


def translated(section, key, text):
    if (section, key) == ("language", "dir"):
        return "rtl"
    if (section, key) in KEPT:
        return text
    if (section, key) in SHORT or section == "form":
        return marked(text)
    return longer(marked(text))


def main(root, out):
    catalogue = json.loads((Path(root) / "src/words/en.json").read_text(encoding="utf-8"))
    pseudo = {s: {k: translated(s, k, text) for k, text in texts.items()} for s, texts in catalogue.items()}
    Path(out).write_text(json.dumps(pseudo, ensure_ascii=False, indent=1), encoding="utf-8")


main(*sys.argv[1:])
