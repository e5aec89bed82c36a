#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What differs between catalogues does not build, and is told by key and language.

usage: catalogues.py SOURCE_ROOT
"""
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

words = Path(sys.argv[1]) / "src" / "words"
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("words", words / "words.py")
generator = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generator)
count = 0


def check(name, fault):
    global count
    count += 1
    if fault:
        print("\n".join(f"# {line}" for line in fault.splitlines()))
    print(f"{'not ok' if fault else 'ok'} {count} - {name}")


def generate(folder, out):
    """What words.py says before it ends; "" when it makes the tables."""
    try:
        generator.main(["--header", str(out / "t.h"), "--table", str(out / "t.c"), str(folder)])
    except SystemExit as end:
        return str(end.code)
    return ""


def outcome(tag, change):
    """What words.py says when one catalogue was changed; and nothing may be written."""
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "words", Path(name) / "out"
        folder.mkdir()
        out.mkdir()
        for path in words.glob("*.json"):
            (folder / path.name).write_bytes(path.read_bytes())
        path = folder / f"{tag}.json"
        text = path.read_text() if path.exists() else (folder / "en.json").read_text()
        path.write_text(change(text))
        return generate(folder, out), sorted(p.name for p in out.iterdir())


def edit(section, key, text):
    """Sets a text of a catalogue; None takes it away."""

    def change(catalogue):
        sections = json.loads(catalogue)
        sections.setdefault(section, {})[key] = text
        if text is None:
            del sections[section][key]
        return json.dumps(sections)

    return change


def refused(name, tag, change, *wanted):
    said, written = outcome(tag, change)
    missing = [w for w in wanted if w not in said]
    check(name, f"written {written}, said:\n{said}" if not said or written or missing else "")


def taken(name, tag, change):
    said, written = outcome(tag, change)
    check(name, said if said or written != ["t.c", "t.h"] else "")


def twice(catalogue):
    return catalogue.replace('"lost":', '"lost": "x",\n    "lost":', 1)


taken("the catalogues as they are", "en", lambda text: text)
taken("one more language", "qq", lambda text: text)
refused("a key that one lacks", "en", edit("result", "votes-line", None), "en.json: result.votes-line is missing")
refused("and the first, too", "zh-CN", edit("paper", "lost", None), "zh-CN.json: paper.lost is missing")
refused("a key that no other has", "en", edit("paper", "more", "x"), "zh-CN.json: paper.more is missing")
refused("of two broken keys both", "en", lambda t: edit("paper", "lost", None)(edit("term", "eid", None)(t)),
        "en.json: paper.lost", "en.json: term.eid")
refused("a placeholder that is lacking", "en", edit("result", "votes-line", "votes"),
        "en.json: result.votes-line lacks the placeholder {votes}")
refused("a placeholder of another name", "en", edit("result", "votes-line", "{vote} votes"),
        "en.json: result.votes-line has the unknown placeholder {vote}")
refused("a placeholder too many", "zh-CN", edit("result", "votes-line", "{votes} 票 {n}"),
        "en.json: result.votes-line lacks the placeholder {n}")
refused("a brace that is open", "en", edit("result", "votes-line", "{votes} votes {"), "en.json: result.votes-line")
taken("a date without a weekday", "en", edit("form", "date", "{dd}/{mm}/{year} {hour}:{minute}"))
refused("a date with what is no part of one", "en", edit("form", "date", "{week}"),
        "en.json: form.date has the unknown placeholder {week}")
refused("an empty text", "en", edit("paper", "slip", ""), "en.json: paper.slip is empty")
taken("but nothing between thousands", "en", edit("form", "thousands", ""))
refused("a line break", "en", edit("paper", "slip", "a\nb"), "en.json: paper.slip has a control character")
refused("a key twice", "en", twice, "en.json", "lost: twice")
refused("a key in two sections of the pages", "zh-CN", edit("desk", "vote", "x"), "zh-CN.json: desk.vote stands in vote too")
refused("a direction that is none", "en", edit("language", "dir", "up"), "en.json: language.dir")
refused("a zone of its own", "en", edit("form", "zone", "+01:00"), "en.json: form.zone is not that of zh-CN")
refused("a zone that is none", "en", edit("form", "zone", "CET"), "en.json: form.zone")
refused("a second language that is not here", "en", edit("language", "second", "fr"), "en.json: language.second")
refused("or the same", "en", edit("language", "second", "en"), "en.json: language.second")
refused("what is no JSON", "en", lambda text: text[:-9], "en.json")
refused("a section that is a text", "en", lambda text: json.dumps({**json.loads(text), "paper": "x"}), "en.json: paper")
refused("a key in capitals", "en", edit("paper", "Slip", "x"), "en.json: paper.Slip")
print(f"1..{count}")
