#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A verb reads and changes what its table says, and nothing else.

usage: effects.py FOLDER_OF_THE_PROGRAMS YIHU_CAST YIHU_AUDIT

Holds a small election with every verb. Before and after each, all files are
looked at; and where strace runs, what is opened in between.
"""

import csv
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

programs = pathlib.Path(sys.argv[1]).resolve()
PATHS = {name: programs / name for name in ("yihu-issue", "yihu-trustee", "yihu-tally", "yihu-countd")}
PATHS |= {"yihu-cast": pathlib.Path(sys.argv[2]).resolve(), "yihu-audit": pathlib.Path(sys.argv[3]).resolve()}
OPENS, CLOSES = 1780272000, 1780358400
DEFINITION = pathlib.Path(__file__).with_name("small.pb").read_text()
clock = OPENS - 3600
tables, changed, read = {}, {}, {}
results = []


def result(name, faults):
    for fault in faults:
        print(f"# {fault}")
    results.append(not faults)
    print(f"{'not ok' if faults else 'ok'} {len(results)} - {name}", flush=True)


# ---- where a file is


def place(path):
    """The part of an election that this file belongs to; None: nothing that counts."""
    top, _, rest = path.partition("/")
    if path.endswith((".lock", "/lock", "-shm")):
        return None
    top = re.sub(r"^\.(\w+)\.new$", r"\1", top)  # what gets its name when it is whole
    rest = rest.replace(".handover-new.tar", "handover.tar")
    rest = re.sub(r"^\.(\w+)-new/", r"\1/", rest)  # the same of a folder
    if top.startswith("k"):
        return "key"
    if top.startswith("s"):
        return "stick"
    if top not in ("d", "again"):
        return "file"
    part, _, below = rest.partition("/")
    if part == "box":
        return "public" if below.startswith("public/") else "box"
    return {"election.pb": "lists", "households.csv": "lists"}.get(part, part) or None


def snapshot():
    files = {}
    for file in pathlib.Path(".").rglob("*"):
        try:
            if place(str(file)) and file.is_file():
                files[str(file)] = hashlib.sha256(file.read_bytes()).digest()
        except FileNotFoundError:
            pass  # a daemon's
    return files


def differing(before, after):
    return {place(f) for f in before.keys() | after.keys() if before.get(f) != after.get(f)}


def traces():
    """Can system calls be looked at here?"""
    call = ["strace", "-qq", "-o", "/dev/null", "true"]
    return bool(shutil.which("strace")) and subprocess.run(call, stderr=subprocess.DEVNULL).returncode == 0


def opened(trace):
    """Places, and a file of each that was opened, and not only to be written."""
    found = {}
    for line in trace.splitlines():
        # The name may go from a folder that is open: -y says what it led to.
        call = re.search(r'openat\(.*", ([A-Z_|]+).* = \d+<([^>]*)>', line)
        if call and "O_WRONLY" not in call[1] and "O_DIRECTORY" not in call[1]:
            path = os.path.relpath(call[2])
            if not path.startswith("..") and not os.path.isdir(path) and place(path):
                found[place(path)] = path
    if not os.path.exists(found.get("file", "")):
        found.pop("file", None)  # of another folder, in which a child works
    return found


# ---- a verb, run


def called(program, words):
    """The row of the table that these words call."""
    table = tables[program]
    modes = [mode for mode in table if mode and mode in words]
    return words[0] if words[0] in table else modes[0] if modes else ""


def run(words, given=""):
    """(status, what was said); whoever asks whether somebody has looked is told so."""
    program, *rest = words.split()
    row = tables[program].get(called(program, rest), {}) if program in tables else {}
    if any(o["name"] == "seen" for o in row.get("options", ())):
        rest.append("--seen")
    command = [PATHS[program], *rest]
    if TRACED:
        pathlib.Path(TRACE).unlink(missing_ok=True)
        command = ["strace", "-f", "-y", "-qq", "-e", "trace=openat", "-o", TRACE, *command]
    env = {**os.environ, "YIHU_TEST_CLOCK": str(clock)}
    done = subprocess.run(command, input=given, env=env, text=True, start_new_session=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def act(words, given="", status=0, beside=()):
    """Runs "yihu-issue letters d": it ends so, and touches what its table says. What a
    daemon touches `beside` it is not its."""
    program, *rest = words.split()
    key = called(program, rest)
    table = tables[program][key]
    before = snapshot()
    got, said = run(words, given)
    touched, faults = differing(before, snapshot()) - set(beside), []
    if got != status:
        faults += [f"status {got}, not {status}", *said.splitlines()[-3:]]
    faults += [f"it changes {p}, which its table does not say" for p in sorted(touched - set(table["changes"]))]
    if TRACED:
        looked = opened(pathlib.Path(TRACE).read_text(errors="replace"))
        hidden = looked.keys() - set(table["reads"]) - touched
        faults += [f"it reads {p} ({looked[p]}), which its table does not say" for p in sorted(hidden)]
        read.setdefault((program, key), set()).update(looked)
    changed.setdefault((program, key), set()).update(touched)
    result(words, faults)
    return said


def serve(folder, *options):
    """A daemon, once it listens: (process, address)."""
    address = pathlib.Path(folder, "address")
    address.unlink(missing_ok=True)
    env = {**os.environ, "YIHU_TEST_CLOCK": str(clock)}
    daemon = subprocess.Popen([PATHS["yihu-countd"], folder, "--listen", "127.0.0.1:0", *options], env=env,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not address.exists() and daemon.poll() is None:
        time.sleep(0.05)
    return daemon, address.read_text().strip()


# ---- an election


def go_on(name):
    """In a folder of its own."""
    os.mkdir(f"../{name}")
    os.chdir(f"../{name}")


def init():
    pathlib.Path("e.pb").write_text(DEFINITION)
    pathlib.Path("h.csv").write_text("household\n" + "".join(f"A {i}\n" for i in range(1, 8)))
    options = (" --opens 2026-06-01T00:00:00Z --closes 2026-06-02T00:00:00Z --holders 3 --threshold 2 "
               "--nobody-may-miss --min-box 1 --unencrypted")
    pathlib.Path("asks.csv").write_text("household,note\nA 1,vacant\n")
    act("yihu-issue init d --election e.pb --households asks.csv --answers a.csv" + options, status=1)
    act("yihu-issue init d --election e.pb --households h.csv --sender S" + options)


def at_home(words):
    """What a key holder does with a stick."""
    status, said = run(words)
    result(f"at home: {words}", said.splitlines()[-3:] if status else [])


def charter():
    act("yihu-issue hand-out d s1")
    at_home("yihu-trustee announce s1 --index 1 --name h1 --key k1 --unencrypted")
    act("yihu-issue collect d s1")
    for i in (2, 3):
        act(f"yihu-trustee announce d --index {i} --name h{i} --key k{i} --unencrypted")
    os.remove("d/ceremony/announce-3")
    act("yihu-trustee announce d --index 3 --key k3")
    digest = run("yihu-trustee deal d --key k1")[1].split("\n")[0].split(": ")[-1]
    for i in (1, 2, 3):
        act(f"yihu-trustee deal d --key k{i} --heard {digest}")
    act("yihu-issue charter d")
    for i in (1, 2, 3):
        act(f"yihu-trustee accept d --key k{i}" + (" --backup k1b" if i == 1 else ""))
    act("yihu-issue charter d")
    act("yihu-trustee copy d --key k2 --to k2b")
    act("yihu-trustee check d --key k1")


def rehearse():
    """To its end; what its own verbs touch is told of the real one's."""
    global clock
    act("yihu-issue rehearse d --to r --specimens 3")
    with open("r/letters/list.csv", encoding="utf-8-sig") as list_file:
        pathlib.Path("specimen").write_text(next(csv.DictReader(list_file))["scan"].strip() + "\n")
    daemon, url = serve("r/box")
    run(f"yihu-cast {url} --token-file specimen --random --yes --receipt specimen-receipt")
    daemon.terminate()
    daemon.wait()
    clock += 700
    keys = " ".join(f"--key r/secret/rehearsal-key-{i}" for i in (1, 2, 3))
    for words in ("yihu-tally close r", f"yihu-trustee count r {keys}", "yihu-issue sign r", "yihu-tally publish r"):
        run(words)
    act("yihu-issue rehearsed d r")
    clock -= 700
    shutil.rmtree("r")


def letters(more=""):
    act("yihu-issue letters d --lang en --households 8" + more, status=1)
    act("yihu-issue letters d --lang en --households 7" + more)
    rows = list(csv.DictReader(open("d/letters/list.csv", encoding="utf-8-sig")))
    for i, row in enumerate(rows, 1):
        pathlib.Path(f"letter{i}").write_text(row["scan"].strip() + "\n")
    shutil.copy("d/letters/list.csv", "list.csv")


def paper_and_changes():
    for verb in ("poster", "envelope", "proof", "walklist"):
        act(f"yihu-issue {verb} d")
    os.mkdir("s2")
    act("yihu-issue backup d s2 --passphrase-fd 0", "the old lime tree\n")
    act("yihu-issue restore s2 again --passphrase-fd 0", "the old lime tree\n")
    shutil.rmtree("again")
    act("yihu-issue test-page d")
    act("yihu-issue test-page d --by-eye")
    act("yihu-issue print d")
    act("yihu-issue print d letters/pdf/001.pdf --came-out 15 --spoiled 0")
    act("yihu-issue reprint d 6")
    act("yihu-issue reconcile d --delivered 7 --returned 0 --void 0")
    act("yihu-issue reconcile d --building -=7/0")
    act("yihu-issue shred-letters d --printed 7")
    act("yihu-issue replace d 6 --reason lost --by Wang --by Li")
    act("yihu-issue void d 7 --reason gone")
    act("yihu-issue add d Z --reason divided")
    act("yihu-issue find d Z")
    act("yihu-issue find d --json")
    act("yihu-issue status d")
    act("yihu-issue status d --json")
    act("yihu-issue like d --projects p2.csv --households h2.csv")
    act("yihu-countd d/box --check")
    act("yihu-countd d/box --backup copy.db")


def poll():
    global clock
    clock = OPENS + 10
    daemon, url = serve("d/box")
    act(f"yihu-cast {url} --token-file letter1 --random --yes --receipt receipt")
    act(f"yihu-cast {url} --token-file letter1 --check", beside=("box", "public"))
    act("yihu-countd d/box --status", beside=("box", "public"))
    act("yihu-countd d/box --status --json", beside=("box", "public"))
    pathlib.Path("votes.pb").write_text(DEFINITION.replace("num_votes;0", "num_votes;2") + "1;1\n2;2\n")
    lines = pathlib.Path("list.csv").read_text().splitlines(keepends=True)
    pathlib.Path("two.csv").write_text("".join([lines[0], *lines[3:5]]))
    act(f"yihu-cast {url} --replay votes.pb --letters two.csv")
    act(f"yihu-audit {url} --keep mirror", status=3, beside=("box", "public"))
    daemon.terminate()
    result("the daemon ends", [] if daemon.wait() == 0 else ["it does not end well"])
    clock = CLOSES + 60


def count():
    act("yihu-tally sheets d")
    act("yihu-tally close d --ballots 4", status=1)
    act("yihu-tally close d --ballots 3")
    for i in (1, 2, 3):
        act(f"yihu-trustee box d --key k{i}")
    act("yihu-trustee shuffle d --key k1")
    act("yihu-issue hand-out d s1")
    at_home("yihu-trustee shuffle s1 --key k2")
    act("yihu-issue collect d s1")
    for i in (1, 2):
        act(f"yihu-trustee open d --key k{i}")
    for i in (1, 2):
        act(f"yihu-trustee sign d --key k{i}")


def publish():
    global clock
    act("yihu-tally results d")
    act("yihu-issue sign d")
    act("yihu-tally publish d")
    pathlib.Path("d/paper/results-a4.pdf").unlink()  # else it makes the same again
    act("yihu-tally poster d")
    act("yihu-tally export d --pabulib")
    pathlib.Path("answers").write_text("It was looked into.\n")
    act("yihu-tally complaints d --filed 1 --answers answers")
    act("yihu-tally objection d --text answers --day 2026-06-03")
    act("yihu-tally objection d --json")
    act("yihu-issue archive d s2")
    act("yihu-issue copy-public d s2")
    clock = CLOSES + 9 * 86400
    act("yihu-tally final d --upheld 1")
    clock = CLOSES + 60
    act("yihu-trustee retire d --key k1 --key k1b")
    act("yihu-audit d/box/public --receipt receipt", status=3)
    shutil.copy("s2/d-public.zip", "archive.zip")
    act("yihu-audit archive.zip", status=3)
    act("yihu-tally count votes.pb")


def election(name):
    """Another one, as far as its letters, the quick way."""
    global clock
    clock = OPENS - 3600
    go_on(name)
    init()
    keys = "--key k1 --key k2 --key k3"
    act(f"yihu-trustee ceremony d {keys} --name a --name b --name c --unencrypted")
    act("yihu-issue charter d")
    act(f"yihu-trustee ceremony d {keys}")
    act("yihu-issue poster d")
    letters(" --skip-rehearsal test")


def other_ways():
    """What ends an election, or moves it, and the count at one table."""
    global clock
    election("cancelled")
    eid = run("yihu-issue status d")[1].split("Election ")[1][:4]
    act("yihu-issue withdraw d 1 --reason snow")
    for i in (1, 2, 3):
        act(f"yihu-trustee withdraw d --key k{i}")
    act("yihu-issue withdraw d --send")
    act(f"yihu-issue cancel d --reason rain --confirm {eid}")
    election("moved")
    act("yihu-issue handover d --url http://127.0.0.1:1")
    election("waits")
    os.environ["YIHU_TEST_UNSYNCHRONISED"] = "1"
    act("yihu-countd d/box --clock-is-right", "2026-05-31 23:00\n")
    clock = OPENS + 10
    act("yihu-countd d/box --clock-is-right", "2026-06-01 00:00\n")
    daemon, url = serve("d/box")
    at_home(f"yihu-cast {url} --token-file letter1 --random --yes")
    daemon.terminate()
    daemon.wait()
    clock = CLOSES + 10
    act("yihu-countd d/box --end-poll", "2026-06-02 00:00\n")
    os.rename("d/box/box.db", "before.db")
    act("yihu-countd d/box --rebuild --from before.db")
    del os.environ["YIHU_TEST_UNSYNCHRONISED"]
    daemon, _ = serve("d/box", "--moved")
    daemon.terminate()
    daemon.wait()
    act("yihu-tally close d")
    act("yihu-trustee count d --key k1 --key k2 --key k3")


# What a table says and this election does not show.
SELDOM = {
    ("yihu-issue", "shred-letters", "secret"): "what a change that was cut off left",
    ("yihu-issue", "test-page", "public"): "the charter, where nothing has published it yet",
    ("yihu-issue", "rehearse", "public"): "pictures of projects",
    ("yihu-issue", "backup", "box"): "where the box is, when it was handed over",
    ("yihu-issue", "restore", "box"): "the same",
    ("yihu-issue", "status", "box"): "the address of a daemon that runs",
    ("yihu-tally", "sheets", "box"): "its end, and what a daemon that was killed left behind",
    ("yihu-tally", "sheets", "public"): "the same",
    ("yihu-trustee", "shuffle", "ceremony"): "a mix that is not handed over yet",
    ("yihu-countd", "--end-poll", "file"): "the mirror",
    ("yihu-trustee", "check", "key"): "a second file of a key learns what the first has done",
    ("yihu-countd", "--rebuild", "public"): "the log there is the one that it makes",
    ("yihu-cast", "", "public"): "over HTTP; and the daemon exports by itself, sooner or later",
    ("yihu-cast", "--check", "public"): "over HTTP",
    ("yihu-cast", "--replay", "public"): "over HTTP",
}


def unseen(verb, does, said, seen):
    if verb in seen:
        yield from (f"it does not {does} {p}" for p in said if p not in seen[verb] and (*verb, p) not in SELDOM)


def tables_are_whole():
    for program, table in tables.items():
        left = [v for v in table if (program, v) not in changed and (program, v) != ("yihu-countd", "")]
        result(f"{program}: every verb was run", [f"{v} was not" for v in left])
        for verb, row in table.items():
            faults = [*unseen((program, verb), "change", row["changes"], changed)]
            faults += unseen((program, verb), "read", row["reads"], read)
            result(f"{program} {verb}: the table says no more than is so", faults)


def main():
    global TRACED, TRACE
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="yihu-effects-", dir=memory) as work:
        TRACED, TRACE = False, os.path.join(work, "trace")
        for program in PATHS:
            rows = json.loads(run(f"{program} --verbs")[1])["verbs"]
            tables[program] = {v["verb"] or ("--" + v["mode"] if v["mode"] else ""): v for v in rows}
        TRACED = traces()
        os.mkdir(os.path.join(work, "steps"))
        os.chdir(os.path.join(work, "steps"))
        init()
        charter()
        rehearse()
        letters()
        paper_and_changes()
        poll()
        count()
        publish()
        other_ways()
        tables_are_whole()
        os.chdir("/")
    print(f"1..{len(results)}")
    sys.exit(not all(results))


main()
