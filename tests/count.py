# SPDX-License-Identifier: Apache-2.0
"""Counts the single tests of a meson run by their TAP lines.

usage: count.py testlog.json STATUS. A program that failed without saying
which test did (a crash, a time-out) counts as one failed test.
"""
import json
import re
import sys


def tap_lines(text):
    passed = len(re.findall(r"^ok\b(?!.*# SKIP)", text, re.M))
    skipped = len(re.findall(r"^ok\b.*# SKIP", text, re.M))
    failed = re.findall(r"^not ok\b.*", text, re.M)
    return passed, failed, skipped


def main():
    log, status = sys.argv[1], int(sys.argv[2])
    passed = failed = skipped = 0
    with open(log, encoding="utf-8") as lines:
        for program in map(json.loads, lines):
            ok, bad, skip = tap_lines(program.get("stdout", ""))
            broken = program["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")
            passed += ok
            skipped += skip
            failed += max(len(bad), 1 if broken else 0)
            for line in bad:
                print(f"{program['name']}: {line}")
            if broken and not bad:
                print(f"{program['name']}: {program['result']}")
    if status != 0 and failed == 0:
        print(f"meson test ended with {status}")
        failed = 1
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed or passed == 0 else 0


sys.exit(main())
