# SPDX-License-Identifier: Apache-2.0
"""Branch coverage of modules from gcov's records.

usage: branches.py BUILD LEAST MODULE… [--list]. Prints a line a module and the
total, each taken/all in percent; ends 1 when a module stays below LEAST
percent. --list also prints each branch never taken.

Left out are asserts, whose other branch is an abort that no test may take.
"""
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def asserted(text):
    """The numbers of the lines that asserts stand on."""
    lines = set()
    for match in re.finditer(r"\bassert\(", text):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        lines.update(range(text.count("\n", 0, match.start()), text.count("\n", 0, end) + 1))
    return {line + 1 for line in lines}


def records(build, module):
    """gcov's view of each object of the module."""
    for notes in sorted((build / "src").glob(f"libyihu-{module}.a.p/**/*.gcno")):
        done = subprocess.run(
            ["gcov", "--json-format", "--stdout", "--branch-probabilities", notes],
            cwd=build, capture_output=True, text=True, check=True)
        for line in filter(None, done.stdout.splitlines()):
            yield json.loads(line)


def branches(build, module):
    """{file: {line: [how often each branch was taken]}}, objects added up."""
    found = defaultdict(dict)
    for record in records(build, module):
        for file in record["files"]:
            path = (Path(record["current_working_directory"]) / file["file"]).resolve()
            if not path.is_relative_to(ROOT / "src" / module):
                continue
            name = str(path.relative_to(ROOT))
            here = defaultdict(list)
            for line in file["lines"]:
                here[line["line_number"]] += [b["count"] for b in line["branches"]]
            for number, counts in here.items():
                if not counts:
                    continue
                old = found[name].get(number, [0] * len(counts))
                found[name][number] = [a + b for a, b in zip(old, counts)] \
                    if len(old) == len(counts) else max(old, counts, key=len)
    return found


def main():
    listing = "--list" in sys.argv
    build, least, *modules = [a for a in sys.argv[1:] if a != "--list"]
    build, least = Path(build).resolve(), float(least)
    total_taken = total = 0
    low = []
    for module in modules:
        taken = every = 0
        for name, lines in sorted(branches(build, module).items()):
            text = (ROOT / name).read_text(encoding="utf-8")
            source = text.splitlines()
            out = asserted(text)
            for number, counts in sorted(lines.items()):
                if number in out:
                    continue
                taken += sum(c > 0 for c in counts)
                every += len(counts)
                if listing and not all(counts):
                    missing = sum(c == 0 for c in counts)
                    print(f"# {name}:{number}: {missing} of {len(counts)}: "
                          f"{source[number - 1].strip()}")
        percent = 100 * taken / every if every else 0.0
        print(f"# {module:10} {taken:5} of {every:5} branches  {percent:5.1f} %")
        if percent < least:
            low.append(module)
        total_taken, total = total_taken + taken, total + every
    print(f"# {'total':10} {total_taken:5} of {total:5} branches  "
          f"{100 * total_taken / max(total, 1):5.1f} %")
    if low:
        print(f"# below {least:g} %: {' '.join(low)}")
    return 1 if low else 0


sys.exit(main())
