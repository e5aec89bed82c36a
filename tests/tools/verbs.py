#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What holds of every verb of every program, made from the tables that they print.

usage: verbs.py FOLDER_OF_THE_PROGRAMS FOLDER_OF_THE_CATALOGUE

--help in both languages, and what a command line may not be: exit status 2, and
the words that say why. What a folder is not: no election.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

programs, catalogue = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
ENGLISH = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
CHINESE = {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}
VALUES = {"text": "x", "list": "x", "number": "1", "time": "2026-06-01 08:00"}
BARE = ("flag", "seen")  # without a value; of what was seen, the number may follow
WRONG = {"number": ("1x", "is not a whole number"), "time": ("soon", "is not a time")}
# Words that are read before the folder is looked at.
WORDS = {"NUMBER": "1", "NUMBER|HOUSEHOLD": "1", "STICK": "stick", "PUBLIC_DIR|ARCHIVE|URL": "nowhere", "BOX_DIR": "nowhere"}
UNREAD = {"yihu-audit": 2}  # its 1 says that there is a fault

results = []


def run(program, words, language=ENGLISH):
    """(status, what was said); nobody can answer a question."""
    env = {**os.environ, **language, "YIHU_LOCALEDIR": str(catalogue)}
    done = subprocess.run([programs / program, *words], env=env, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    return done.returncode, done.stdout


def hold(name, faults):
    found = list(faults)
    for fault in found:
        print(f"# {fault}")
    results.append(not found)
    print(f"{'not ok' if found else 'ok'} {len(results)} - {name}")


def ends(program, words, status, *texts):
    """Faults of one call, which is to end so and to say these texts."""
    got, said = run(program, words)
    if got != status or not all(text in said for text in texts):
        last = said.strip().split("\n")[-1]
        yield f"{program} {' '.join(words)}: status {got}, not {status} with {texts}: {last}"


def typed(option):
    return [f"--{option['name']}"] + ([] if option["kind"] in BARE else [VALUES[option["kind"]]])


def called(verb):
    """The verb's name, and words for all that it must have."""
    return [verb["verb"]] if verb["verb"] else [], [WORDS.get(w, "nowhere") for w in verb["words"]]


def help_faults(program, verb, chinese):
    name, _ = called(verb)
    for language, head, table in ((ENGLISH, "usage: ", verb), (CHINESE, "用法：", chinese)):
        status, said = run(program, [*name, "--help"], language)
        wanted = [f"{head}{program} {verb['usage']}", *(f"--{o['name']}" for o in verb["options"])]
        wanted += [o["help"] for o in table["options"]] + ([] if verb["mode"] else [table["summary"]])
        if status != 0:
            yield f"{language['LANGUAGE']}: status {status}"
        yield from (f"{language['LANGUAGE']}: {text} is not said" for text in wanted if text not in said)
    yield from ends(program, [*name, "--version"], 0, f"{program} ")


def usage_faults(program, verb):
    name, words = called(verb)
    see = f"see '{' '.join([program, *name])} --help'"
    needed = [o for o in verb["options"] if o["needed"]]
    whole = [*name, *words, *(t for o in needed for t in typed(o))]
    yield from ends(program, [*whole, "--no-such-option"], 2, "unknown option", see)
    yield from ends(program, [*whole, "-k"], 2, "unknown option", see)
    yield from ends(program, [*name, *words[:-1]], 2, "too few arguments", see)
    yield from ends(program, [*whole, *["x"] * (verb["max_words"] - len(words) + 1)], 2, "one argument too many", see)
    for option in needed:
        others = [t for o in needed if o is not option for t in typed(o)]
        yield from ends(program, [*name, *words, *others], 2, f"needs --{option['name']} ", see)


def option_faults(program, verb):
    name, words = called(verb)
    for option in verb["options"]:
        flag = f"--{option['name']}"
        if option["kind"] == "flag":
            yield from ends(program, [*name, *words, f"{flag}=1"], 2, f"{flag} takes no value")
        if option["kind"] in BARE:
            continue
        yield from ends(program, [*name, *words, flag], 2, f"{flag} needs a value ({option['argument']})")
        if option["kind"] in WRONG:
            value, why = WRONG[option["kind"]]
            yield from ends(program, [*name, *words, flag, value], 2, f"{flag}: “{value}” {why}")


def nowhere_faults(program, verb, work):
    """Where nothing is: not done, the place is named, and nothing was made or asked."""
    name, words = called(verb)
    mode = [t for o in verb["options"] if o["name"] == verb["mode"] for t in typed(o)]
    needed = [t for o in verb["options"] if o["needed"] and o["name"] != verb["mode"] for t in typed(o)]
    makes = {"init": ["--election", "nowhere", "--households", "nowhere", *("--opens", "2031-06-01 08:00"),
                      *("--closes", "2031-06-02 08:00"), "--nobody-may-miss"], "export": ["--pabulib"]}
    if program == "yihu-cast":
        words = ["http://127.0.0.1:1"]
        needed = ["--letters", "nowhere"] if verb["mode"] == "replay" else ["--token-file", "nowhere", "--random"]
        needed = needed[:2] if verb["mode"] == "check" else needed
    if "end" in (verb["mode"] or ""):
        needed = []
    folder = "DIR" in verb["words"] and verb["verb"] not in ("init", "restore")
    wanted = ["nowhere: no election here"] if folder else []
    call = [*name, *words, *mode, *needed, *makes.get(verb["verb"], [])]
    yield from ends(program, call, UNREAD.get(program, 1), program, *wanted)
    yield from (f"{' '.join(call)} made {f}" for f in os.listdir(work))


def table_faults(verb, chinese):
    """What the table says of a verb fits together."""
    options = {o["name"] for o in verb["options"]}
    if bool(verb["passphrases"]) != ("passphrase-fd" in options):
        yield "it asks for passphrases and cannot be given them, or the other way round"
    if ("new" in verb["passphrases"]) < ("unencrypted" in options):
        yield "it makes files without a passphrase, and none with one"
    if verb["for_good"] and not verb["changes"]:
        yield "it changes nothing, and that for good"
    if not verb["reads"]:
        yield "it reads nothing"
    if [o["name"] for o in verb["options"]] != [o["name"] for o in chinese["options"]]:
        yield "other options in Chinese"
    if verb["label"] == chinese["label"]:
        yield f"its label is not in Chinese: {verb['label']}"
    for option in verb["options"]:
        if (option["kind"] in BARE) == bool(option["argument"]):
            yield f"--{option['name']}: a flag has no argument, and all else has one"


def table(program, language):
    status, said = run(program, ["--verbs"], language)
    return json.loads(said)["verbs"] if status == 0 else []


def hold_verbs(program, work):
    both = list(zip(table(program, ENGLISH), table(program, CHINESE)))
    hold(f"{program} has a table of verbs", [] if both else ["--verbs prints none"])
    for verb, chinese in both:
        name = f"{program} {verb['verb'] or '--' + verb['mode'] if verb['verb'] or verb['mode'] else ''}".strip()
        hold(f"{name}: what the table says", table_faults(verb, chinese))
        hold(f"{name}: where nothing is", nowhere_faults(program, verb, work))
        if not verb["mode"]:
            hold(f"{name}: --help", help_faults(program, verb, chinese))
            hold(f"{name}: usage", usage_faults(program, verb))
            hold(f"{name}: options", option_faults(program, verb))


def hold_program(program):
    verbs = table(program, ENGLISH)
    if verbs[0]["verb"] is None:
        return
    labels = [line for v in verbs for line in (f"  {v['verb']}", v["label"])]
    hold(f"{program} lists its verbs", ends(program, ["--help"], 0, "usage: ", *labels))
    hold(f"{program} without a verb", ends(program, [], 2, "say what to do", f"see '{program} --help'"))
    hold(f"{program} and a verb of none", ends(program, ["fly"], 2, "unknown verb 'fly'", f"see '{program} --help'"))


def main():
    with tempfile.TemporaryDirectory(prefix="yihu-verbs-") as work:
        os.chdir(work)
        for page in sorted(p.name for p in programs.glob("yihu-*") if p.suffix == "" and p.is_file()):
            hold_program(page)
            hold_verbs(page, work)
        os.chdir("/")
    print(f"1..{len(results)}")
    sys.exit(not all(results))


main()
