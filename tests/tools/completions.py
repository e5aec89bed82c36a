#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What bash completes of the programs' lines, by bash itself on a terminal: keys are
typed, and the word that bash made of them is read. zsh and fish, where they are here,
read their files.

usage: completions.py FOLDER_OF_THE_COMPLETIONS
"""

import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile

folder = pathlib.Path(sys.argv[1]).resolve()
PROGRAMS = ["yihu", *(f"yihu-{p}" for p in ("issue", "trustee", "countd", "cast", "tally", "audit"))]
ALL = "\x1b*"  # M-*: every completion there is
ONE = "\t"
# What is typed, and the words that come of it.
LINES = [
    ("yihu-issue shr" + ONE, ["shred-letters"]),
    ("yihu-issue s" + ALL, ["shred-letters", "sign", "status"]),
    ("yihu-issue init --max-r" + ONE, ["init", "--max-replacements"]),
    ("yihu-issue letters --lang " + ALL, ["letters", "--lang", "en", "zh"]),
    ("yihu-issue letters --lang=z" + ONE, ["letters", "--lang=zh"]),
    ("yihu-issue init --households hou" + ONE, ["init", "--households", "house list.csv"]),
    ("yihu-issue status pa" + ONE, ["status", "park/"]),
    ("yihu-issue replace park " + ALL + "7", ["replace", "park", "7"]),
    ("yihu-trustee count park --key k" + ONE, ["count", "park", "--key", "key"]),
    ("yihu-trustee count --key key pa" + ONE, ["count", "--key", "key", "park/"]),
    ("yihu-countd park --list" + ONE, ["park", "--listen"]),
    ("yihu-audit --rec" + ONE, ["--receipt"]),
    ("yihu-audit p" + ONE, ["park/"]),
    ("yihu-tally count vo" + ONE, ["count", "votes.pb"]),
    ("yihu-cast --he" + ONE, ["--help"]),
    ("yihu --no" + ONE, ["--no-browser"]),
]
results = []


def hold(name, faults):
    for fault in faults:
        print(f"# {fault}")
    results.append(not faults)
    print(f"{'not ok' if faults else 'ok'} {len(results)} - {name}")


class Shell:
    """A bash on a terminal, in which the programs only say which words they were given."""

    def __init__(self, where):
        self.said, says = os.pipe()
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.chdir(where)
            os.dup2(says, 9)
            os.environ.update(LC_ALL="C.UTF-8", TERM="dumb", INPUTRC="/dev/null", HISTFILE="")
            os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
        os.close(says)
        for program in PROGRAMS:
            self.type(f". '{folder}/{program}'")
            self.type(f"{program}() {{ printf '%s\\0' \"$@\" end >&9; }}")

    def type(self, keys):
        os.write(self.terminal, keys.encode() + b"\n")

    def words(self):
        """Those of the next line. What the terminal shows meanwhile is taken off it."""
        heard = b"\0"
        while not heard.endswith(b"\0end\0"):
            for fd in select.select([self.terminal, self.said], [], [])[0]:
                read = os.read(fd, 65536)
                heard += read if fd == self.said else b""
        return heard.decode().split("\0")[1:-2]


def completed():
    with tempfile.TemporaryDirectory() as where:
        os.mkdir(f"{where}/park")
        for name in ("house list.csv", "key", "votes.pb"):
            pathlib.Path(where, name).touch()
        shell = Shell(where)
        for keys, wanted in LINES:
            shell.type(keys)
            found = shell.words()
            shown = keys.replace(ALL, "<M-*>").replace(ONE, "<Tab>")
            hold(f"bash: {shown}", [] if found == wanted else [f"{found}, not {wanted}"])
        os.close(shell.terminal)


def read_by(shell, name):
    if not shutil.which(shell):
        results.append(True)
        print(f"ok {len(results)} - {shell} reads its files # SKIP no {shell} here")
        return
    faults = []
    for program in PROGRAMS:
        done = subprocess.run([shell, "-n", folder / name(program)], text=True, stderr=subprocess.PIPE, check=False)
        if done.returncode != 0 or done.stderr:
            faults.append(f"{program}: {done.stderr}")
    hold(f"{shell} reads its files", faults)


completed()
read_by("zsh", lambda program: f"_{program}")
read_by("fish", lambda program: f"{program}.fish")
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
