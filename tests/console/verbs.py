#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every verb of the command line is done in the window, or is named as nothing for
committees, and why.

usage: verbs.py SOURCE_ROOT FOLDER_OF_THE_PROGRAMS
"""
import json
import pathlib
import re
import subprocess
import sys

source, programs = (pathlib.Path(p) for p in sys.argv[1:])
TABLE = "src/console/VERBS.md"
ROW = re.compile(r"^\| `(yihu-[a-z]+(?: [a-z-]+)?)` \| (\w+) \| (.*?) *\|$", re.M)
WAYS = ("step", "view", "home", "all", "no")
table_text = (source / TABLE).read_text(encoding="utf-8")
steps = (source / "src/folder/step_table.c").read_text(encoding="utf-8")
views = {p.name: p.read_text(encoding="utf-8") for p in (source / "src/web/console").glob("*.ts")}
calls = [p.read_text(encoding="utf-8") for p in (source / "src/console").glob("*_calls.c")]
all_acts = views["all_acts.ts"]
listed = re.findall(r"'(yihu-[a-z]+)'", all_acts[all_acts.index("PROGRAMS ="):].split("]")[0])
left_out = set(re.findall(r"'(yihu-[a-z -]+)'", all_acts[all_acts.index("NOT_HERE ="):].split("]")[0]))
count = failed = 0


def hold(name, faults):
    global count, failed
    count += 1
    found = list(faults)
    for fault in found:
        print(f"# {fault}")
    failed += bool(found)
    print(f"{'not ok' if found else 'ok'} {count} - {name}")


def verbs_of(program):
    said = subprocess.run([program, "--verbs"], stdout=subprocess.PIPE, text=True, check=True).stdout
    for v in json.loads(said)["verbs"]:
        yield " ".join([program.name, v["verb"] or ("--" + v["mode"] if v["mode"] else "")]).strip()


def without_row(verbs, rows):
    for verb in sorted(verbs - rows.keys()):
        yield (f"{verb} is new: add a row to {TABLE} that says where the window does it (step, view, home or all), "
               "or `no`, and why it is nothing for committees")
    for verb in sorted(rows.keys() - verbs):
        yield f"{verb} has a row in {TABLE}, and no program has it"


def by_step(verb):
    if not re.search(rf'"{re.escape(verb)}[ "]', steps):
        yield f"{verb}: no command of folder/step_table.c is it; its row says `step`"


def by_view(verb):
    program, _, name = verb.replace("--", "").partition(" ")
    shown = any(f"'{program}'" in text and f"'{name}'" in text for text in views.values())
    if not shown and not any(f'"{program}"' in text and f'"{name}"' in text for text in calls):
        yield f"{verb}: no view of src/web/console and no call of src/console names it; its row says it does"


def by_list(verb):
    if verb.split()[0] not in listed or verb in left_out:
        yield f"{verb}: all_acts.ts does not list it; its row says `all`"


def by_home(verb):
    yield from by_view(verb)
    if verb not in left_out:
        yield f"{verb} is done before there is a folder: name it in NOT_HERE of all_acts.ts"


def not_at_all(verb, why):
    if len(why) < 30:
        yield f"{verb}: its row does not say why it is nothing for committees"
    if verb.split()[0] in listed and verb not in left_out:
        yield f"{verb} is nothing for committees: name it in NOT_HERE of all_acts.ts"


def row_faults(verb, where, why):
    if where not in WAYS:
        return [f"{verb}: “{where}” is none of {', '.join(WAYS)}"]
    if where == "no":
        return not_at_all(verb, why)
    return {"step": by_step, "view": by_view, "home": by_home, "all": by_list}[where](verb)


def main():
    found = ROW.findall(table_text)
    rows = {verb: (where, why) for verb, where, why in found}
    lines = [line for line in table_text.split("\n") if line.startswith("| `")]
    verbs = {v for p in sorted(programs.glob("yihu-*")) if p.suffix == "" and p.is_file() for v in verbs_of(p)}
    hold("each row can be read, and stands once", [f"{len(lines)} rows, of which {len(rows)} can be read once"]
         if len(rows) != len(lines) else [])
    hold("each verb has its row, and each row its verb", without_row(verbs, rows))
    hold("each row says what is so", (f for verb, row in rows.items() for f in row_faults(verb, *row)))
    hold("what is left out of the list has a row", sorted(left_out - rows.keys()))
    print(f"1..{count}")
    sys.exit(failed > 0)


main()
