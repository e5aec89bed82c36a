#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An election by hand, in a README, takes the steps of the table in their order.

usage: by_hand.py STATUS.json README

STATUS.json is what `yihu-issue status DIR --json` printed, of any folder.
"""

import json
import pathlib
import re
import sys

steps = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["steps"]
readme = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
VERB = re.compile(r"(yihu-(?:issue|trustee|tally) [a-z-]+|yihu-(?:countd|cast|audit))\b")


def verb(command):
    """ "yihu-issue letters", of a command of the table or the README."""
    found = VERB.match(command or "")
    return found and found[1]


def by_hand():
    """The verbs of the code block that begins with init."""
    block = next(b for b in re.findall(r"^```\n(.*?)^```\n", readme, re.M | re.S) if "yihu-issue init park" in b)
    return [v for v in map(verb, block.split("\n")) if v]


def verbs(step):
    return {v for v in (verb(step["command"]), verb(step["together"])) if v}


def faults():
    named, at = by_hand(), 0
    for name in (name for name in named if name not in HELP):
        place = next((i for i in range(at, len(steps)) if name in verbs(steps[i])), None)
        if place is None:
            known = any(name in verbs(step) for step in steps)
            yield f"{name}: " + ("another step comes first" if known else "no step of the table")
        else:
            at = place
    for step in steps:
        needed = step["kind"] != "at will" and step["id"] not in SELDOM
        if needed and verbs(step) and not verbs(step) & set(named):
            yield f"the step {step['id']} is not named: {step['command']}"


# Only where something went wrong, or on a key holder's stick.
SELDOM = {"give-back"}
# They help with a step, at any time, and are none themselves.
HELP = {"yihu-issue test-page", "yihu-issue print", "yihu-issue find", "yihu-tally objection", "yihu-issue copy-public"}

found = list(faults())
print("\n".join(found))
sys.exit(bool(found))
