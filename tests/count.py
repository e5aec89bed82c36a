# SPDX-License-Identifier: Apache-2.0
"""Counts the single tests of a meson run by their TAP lines.

usage: count.py testlog.json STATUS. Each test that failed, and what it said last;
a line for each suite, the longest first: the seconds that its programs took together,
and its tests. A program that failed without saying which test did (a crash, a
time-out) counts as one failed test. The last line: N passed, N failed.
"""
import collections
import json
import re
import sys


BEFORE, AFTER = 6, 3  # lines of what a failed test says; cmocka says it afterwards


def failures(lines):
    """Each test that failed, with the lines around it that are of no other test."""
    result = re.compile(r"(not )?ok\b|1\.\.\d")
    for i, line in enumerate(lines):
        if not re.match(r"not ok\b", line):
            continue
        before, after = i, i + 1
        while before > 0 and i - before < BEFORE and not result.match(lines[before - 1]):
            before -= 1
        while after < len(lines) and after - i <= AFTER and not result.match(lines[after]):
            after += 1
        yield "\n".join([line, *lines[before:i], *lines[i + 1 : after]])


def tap_lines(text):
    passed = len(re.findall(r"^ok\b(?!.*# SKIP)", text, re.M))
    skipped = len(re.findall(r"^ok\b.*# SKIP", text, re.M))
    return passed, list(failures(text.splitlines())), skipped


class Suite:
    def __init__(self):
        self.seconds, self.passed, self.failed, self.skipped = 0.0, 0, 0, 0

    def add(self, program):
        """Counts it, and says what failed."""
        ok, bad, skip = tap_lines(program.get("stdout", ""))
        broken = program["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")
        self.seconds += program.get("duration", 0)
        self.passed += ok
        self.skipped += skip
        self.failed += max(len(bad), 1 if broken else 0)
        for told in bad:
            print(f"{program['name']}: {told}")
        if broken and not bad:
            print(f"{program['name']}: {program['result']}")

    def counts(self):
        tail = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{tail}"


def suite_of(program):
    """meson's names are PROJECT:SUITE / TEST."""
    return program["name"].split(" / ")[0].split(":")[-1]


def main():
    log, status = sys.argv[1], int(sys.argv[2])
    suites, total = collections.defaultdict(Suite), Suite()
    with open(log, encoding="utf-8") as lines:
        for program in map(json.loads, lines):
            suites[suite_of(program)].add(program)
    for suite in suites.values():
        for field, value in vars(suite).items():
            setattr(total, field, getattr(total, field) + value)
    if status != 0 and total.failed == 0:
        print(f"meson test ended with {status}")
        total.failed = 1
    for name, suite in sorted(suites.items(), key=lambda row: (-row[1].seconds, row[0])):
        print(f"{suite.seconds:8.1f} s  {name:12} {suite.counts()}")
    print(total.counts())
    return 1 if total.failed or total.passed == 0 else 0


sys.exit(main())
