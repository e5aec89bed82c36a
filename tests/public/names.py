#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""PROTOCOL §11 and §18 say of a public folder's names what the table says.

usage: names.py PROTOCOL TABLE    (TABLE: the program that prints it)
"""
import json
import re
import subprocess
import sys

protocol, program = sys.argv[1:]
text = open(protocol, encoding="utf-8").read()
table = json.loads(subprocess.run([program], check=True, capture_output=True).stdout)
faults = []


def section(number):
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", text, re.M | re.S)
    return found[0] if found else ""


def rows(body, head):
    """The cells of the table that begins with this row."""
    lines = body.split("\n")
    if head not in lines:
        faults.append(f"there is no table “{head}”")
        return []
    start = lines.index(head) + 2
    end = next((i for i in range(start, len(lines)) if not lines[i].startswith("|")), len(lines))
    return [[c.strip() for c in line.strip("|").split("|")] for line in lines[start:end]]


def spelled(cell):
    """`mix/k` is mix/#, `log/tile/…` is log/tile/*."""
    names = re.findall(r"`([^`]+)`", cell)
    return [re.sub(r"/[a-z]$", "/#", name).replace("…", "*") for name in names]


said = {}
for name, writer, stage, needs in rows(section(11), "| name | written by | stage | stands on |"):
    together = ["results.pb", "results.json", "results"] if "all three" in needs else []
    for one in spelled(name):
        said[one] = {"writer": writer, "stage": stage, "needs": spelled(needs) + together}


def ground(name, seen=()):
    """All that it stands on, and what that stands on in turn."""
    found = set(said[name]["needs"]) - set(seen) if name in said else set()
    return found.union(*(ground(one, (*seen, *found)) for one in found))


for one in said:
    said[one]["ground"] = sorted(ground(one) - {one})
for one in said:
    del said[one]["needs"]
always = {"election.pb", "charter"}
has = {
    row["pattern"]: {"writer": row["writer"], "stage": row["stage"], "ground": sorted(set(row["needs"]) - always)}
    for row in table["rows"]
    if row["pattern"] != "site/*"  # it proves nothing, and is passed over
}
for name in sorted(set(said) | set(has)):
    if name not in said:
        faults.append(f"§11 lacks {name}, which the table has")
    elif name not in has:
        faults.append(f"the table lacks {name}, which §11 has")
    for key in said.get(name, {}):
        if name in has and said[name][key] != has[name][key]:
            faults.append(f"{name}: {key} is {said[name][key]} in §11 and {has[name][key]} in the table")
print(f"{'not ok' if faults else 'ok'} 1 - §11 has the names of the table, with writer, stage and ground")
for fault in faults:
    print(f"# {fault}")

# §18: that table grows there.
grows = [cells for cells in rows(section(18), "| format | where it grows | today |") if cells[0] == "public folder"]
right = len(grows) == 1 and "§11" in grows[0][1] and "stage" in grows[0][1] and grows[0][2] == "§11"
print(f"{'ok' if right else 'not ok'} 2 - §18 leads to §11, where a new name has its stage")
print("1..2")
