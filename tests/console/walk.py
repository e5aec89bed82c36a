#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every step of an election, taken by the window, its program killed at its middle: once
more, and it goes on. Then the power goes, in the poll and in a shuffle.

usage: walk.py YIHU FOLDER_OF_THE_PROGRAMS YIHU_CAST YIHU_AUDIT [SEED]
"""

import base64
import csv
import fcntl
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from at_work import Window, kill_all, wait_for

YIHU, PROGRAMS, CAST, AUDIT = (pathlib.Path(p).resolve() for p in sys.argv[1:5])
SEED = int(sys.argv[5]) if len(sys.argv) > 5 else 14
OPENS, CLOSES = 1780272000, 1780358400
PASS = "the old lime tree by the well"
# Calls that change the disk; each is counted by itself.
CALLS = "renameat,fsync,fdatasync,unlink,unlinkat,pwrite64,linkat,mkdirat"
DEFINITION = (pathlib.Path(__file__).parent.parent / "tools/small.pb").read_text()
# Run by the window under its program's name: at the time of the test, and, when the test
# says so, killed or stopped at one of its calls.
WRAPPER = """#!/bin/sh
YIHU_TEST_CLOCK=$(cat "{work}/clock"); export YIHU_TEST_CLOCK
case "$1 $2" in
status* | --verbs* | *--status) exec "{program}" "$@" ;;
esac
if [ -s "{work}/cut" ]; then
  cut=$(cat "{work}/cut"); rm "{work}/cut"
  exec strace -f -qq -o /dev/null -e "trace=${{cut%%:*}}" -e "inject=$cut" "{program}" "$@"
fi
exec "{program}" "$@"
"""
INHIBIT = """#!/bin/sh
while [ "${1#--}" != "$1" ]; do shift; done
"$@"
"""
results = []


def result(name, faults):
    for fault in faults:
        print(f"# {fault}")
    results.append(not faults)
    print(f"{'not ok' if faults else 'ok'} {len(results)} - {name}", flush=True)


# ---- the steps: what the window runs for each


def steps_of(work):
    """(id, program, words, what else, how one sees that it is done: by the table where None)"""
    d, key = "{dir}", str(work / "key")
    park = work / "shelf/park"

    def there(name):
        return lambda _: (park / name).exists()

    def changed(n):
        return lambda _: len((park / "letters/changed.csv").read_text().splitlines()) > n

    def refused(text, *words):
        return lambda window: text in window.ended(window.begin(*words, seen=True))["told"]

    return [
        ("setup", "issue", ["init", d], dict(
            new=True, election=str(work / "e.pb"), households=str(work / "h.csv"), opens="2026-06-01T00:00:00Z",
            closes="2026-06-02T00:00:00Z", holders="1", threshold="1", min_box="1", nobody_may_miss=True,
            unencrypted=True, seen=True), there("ceremony/plan")),
        ("proof", "issue", ["proof", d], {}, None),
        ("envelopes", "issue", ["envelope", d], {}, None),
        ("hand-out", "issue", ["hand-out", d, str(work / "stick")], {}, there("../../stick/ceremony/plan")),
        ("announce", "trustee", ["announce", d], dict(index="1", name="a", key=[key], unencrypted=True), None),
        ("charter", "issue", ["charter", d], dict(seen=True), None),
        ("deal", "trustee", ["deal", d], dict(key=[key]), None),
        ("accept", "trustee", ["accept", d], dict(key=[key], seen=True), None),
        ("poster", "issue", ["poster", d], {}, None),
        ("letters", "issue", ["letters", d], {"skip-rehearsal": "test"}, None),
        ("walklist", "issue", ["walklist", d], {}, None),
        ("shred-letters", "issue", ["shred-letters", d], dict(printed="4"), None),
        ("reconcile", "issue", ["reconcile", d], dict(delivered="4", returned="0", void="0"), None),
        ("backup", "issue", ["backup", d, str(work / "stick2")], dict(passphrases=[PASS]), None),
        ("replace", "issue", ["replace", d, "1"], dict(seen=True), changed(1)),
        ("add", "issue", ["add", d, "Z 1"], dict(seen=True, reason="moved-in"), changed(2)),
        ("void", "issue", ["void", d, "2"], dict(seen=True), refused("0002", "issue", "void", d, "2")),
        ("withdraw", "issue", ["withdraw", d, "1"], dict(seen=True, reason="rain"), there("ceremony/withdrawal")),
        ("daemon", "countd", ["{dir}/box"], dict(listen="127.0.0.1:0"), None),
        ("vote",),
        ("close", "tally", ["close", d], dict(ballots="2"), None),
        ("box", "trustee", ["box", d], dict(key=[key], seen=True), None),
        ("shuffle", "trustee", ["shuffle", d], dict(key=[key], seen=True), None),
        ("open", "trustee", ["open", d], dict(key=[key], seen=True), None),
        ("sign", "trustee", ["sign", d], dict(key=[key], seen=True), None),
        ("sign-clerk", "issue", ["sign", d], dict(seen=True), None),
        ("publish", "tally", ["publish", d], {}, there("box/public/results")),
        ("complaints", "tally", ["complaints", d], dict(filed="1", answers=str(work / "answers")), None),
        ("final", "tally", ["final", d], dict(upheld="0", seen=True), None),
        ("retire", "trustee", ["retire", d], dict(key=[key], seen=True), there("ceremony/retired-1")),
        ("archive", "issue", ["archive", d, str(work / "stick2")], dict(seen=True), None),
    ]


# What the table has besides.
LEFT_OUT = {
    "deliver": "by hand", "results-poster": "by hand", "cancelled-poster": "by hand",
    "audit": "reads alone, as anybody can", "give-back": "on a stick",
    "complete-box": "of a broken box", "rebuild": "of a broken box", "files-left": "of a key with copies",
    "handover": "ends the poll here", "cancel": "ends it", "begin-anew": "another election",
    "rehearse": "another election, beside this one",
}
# What time it is from these steps on.
TIMES = {"vote": OPENS + 60, "close": CLOSES + 60, "final": CLOSES + 9 * 86400}


def is_done(window, name, own):
    if own is not None:
        return own(window)
    step = next(s for s in window.steps()["steps"] if s["id"] == name)
    return step["state"] in ("done", "not needed")


def take(window, work, step, chance):
    """Killed once, wherever that hits, and taken again."""
    name, program, words, more, own = step
    n = chance.randint(1, 2)
    (work / "cut").write_text(f"{CALLS}:signal=KILL:when={n}")
    was = window.ended(window.begin(program, *words, **more))
    again = window.ended(window.begin(program, *words, **more))
    faults = [] if was["status"] >= 128 else [f"it was never killed: {was['status']} {was['told'][-300:]}"]
    if not is_done(window, name, own):
        faults += [f"not done after it: status {again['status']}", again["told"][-300:]]
    result(f"{name}: killed at its {('first', 'second')[n - 1]} call of a kind, and taken again", faults)


# ---- the poll


def serve(window):
    """By the window, until it says where."""
    run = window.begin("countd", "{dir}/box", listen="127.0.0.1:0")
    return wait_for(lambda: re.search(r"http:\S+", window.ask(f"run?run={run}")["said"]))[0]


def serving(window, killed):
    """How it is, once a daemon serves; the one that was killed leaves its last word."""
    state = window.poll()["state"]
    daemon = state["daemon"] or {}
    return state if state["runs"] and daemon.get("serves") and daemon["pid"] != killed else None


def cast(work, url, n):
    token, receipt = work / f"letter{n}", work / f"receipt{n}"
    env = {**os.environ, "YIHU_TEST_CLOCK": (work / "clock").read_text()}
    return subprocess.run([CAST, url, "--token-file", token, "--random", "--yes", "--receipt", receipt],
                          env=env, capture_output=True, text=True).returncode


def keep_letters(work):
    """Before they are destroyed."""
    rows = csv.DictReader(open(work / "shelf/park/letters/list.csv", encoding="utf-8-sig"))
    for row in rows:
        (work / f"letter{int(row['serial'].strip())}").write_text(row["scan"].strip() + "\n")


def reads(window, work):
    """Who looks neither waits for the box nor has it for a moment, which would keep a daemon
    from starting."""
    faults = []
    with open(work / "shelf/park/box/.lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # nobody takes it now, and whoever tries is told so
        if not window.ask(f"delivery?book={window.book()}&language=en").get("buildings"):
            faults.append("no building is told")
        if window.poll()["state"]["runs"]:
            faults.append("the poll's state takes the lock")
    result("what is only read takes no lock, and waits for none", faults)


def drop(window, work):
    """A list that is dropped on the page, and another name of its bytes, to be looked at."""
    text = base64.b64encode("王芳,1-1\n".encode()).decode()
    os.link(window.ask("drop", {"name": "list.csv", "base64": text})["path"], work / "dropped")
    return [] if (work / "dropped").read_bytes().strip(b"\0") else ["nothing was kept"]


def poll(window, work):
    """Its daemon is killed, then everything is; what was acknowledged is there."""
    reads(window, work)
    url = serve(window)
    faults = [] if cast(work, url, 3) == 0 else ["no vote was taken"]
    faults += [] if window.poll()["awake"] else ["the computer may sleep"]
    daemon = wait_for(lambda: window.poll()["state"]["daemon"])
    os.kill(daemon["pid"], signal.SIGKILL)
    wait_for(lambda: not window.poll()["state"]["runs"])
    cut = window.poll()["state"]
    faults += [] if cut["cut_off"] else ["it is not said that the daemon was cut off"]
    result("daemon, killed", faults)
    url = serve(window)
    faults = [] if cast(work, url, 4) == 0 else ["no vote was taken"]
    killed = wait_for(lambda: serving(window, daemon["pid"]))["daemon"]["pid"]
    kill_all(work)
    window = Window(work)
    faults += [] if window.poll()["state"]["cut_off"] else ["it is not said that it was cut off"]
    kill_all(work)
    window = Window(work, "--go-on")
    state = wait_for(lambda: serving(window, killed))
    if state["daemon"]["ballots"] != 2:
        faults.append(f"2 ballots were acknowledged, {state['daemon']['ballots']} are there")
    again = url.rsplit(":", 1)[1] == state["daemon"]["url"].rsplit(":", 1)[1]
    faults += [] if again else [f"it was at {url}, and is at {state['daemon']['url']}"]
    result("the power goes in the poll: it goes on by itself, with all that was acknowledged", faults)
    return shut_down(window, work, state["daemon"]["pid"])


def begun(window):
    return [w["what"] for w in window.ask(f"works?book={window.book()}")["works"]]


def shut_down(window, work, pid):
    """In the poll, with all that runs; then a person stops the daemon."""
    faults = drop(window, work)
    kill_all(work, signal.SIGTERM)
    faults += ["what was dropped can be read"] if (work / "dropped").read_bytes().strip(b"\0") else []
    result("a list that was dropped on the page is overwritten at the end", faults)
    window = Window(work)
    state = window.poll()["state"]
    faults = [] if state["last"] and not state["cut_off"] else [f"the page cannot offer to go on: {state}"]
    kill_all(work, signal.SIGTERM)
    window = Window(work, "--go-on")
    wait_for(lambda: serving(window, pid))
    result("the computer is shut down in the poll: it goes on by itself, too", faults)
    window.post("stop", book=window.book())
    wait_for(lambda: not window.poll()["state"]["runs"])
    state = window.poll()["state"]
    faults = [f"it looks as if nobody had: {state}"] if state["cut_off"] or state["last"] else []
    kill_all(work, signal.SIGTERM)
    window = Window(work, "--go-on")
    faults += [f"it is begun: {begun(window)}"] if window.poll()["state"]["runs"] or begun(window) else []
    result("stopped by a person it stays stopped", faults)
    return window


def in_a_shuffle(window, work):
    """The power goes when the box is signed and the shuffle is under way."""
    public = work / "shelf/park/box/public"
    (work / "cut").write_text("renameat:delay_enter=400000")  # so that it is seen
    run = window.begin("trustee", "count", "{dir}", key=[str(work / "key")], seen=True)

    def inside():
        return (public / "box").exists() and not list(public.glob("mix/*"))

    wait_for(lambda: inside() or window.ask(f"run?run={run}")["ended"])
    faults = [] if inside() else ["it was not in a shuffle"]
    kill_all(work)
    faults += [] if inside() else ["it was not in a shuffle any more"]
    window = Window(work)
    done = window.ended(window.begin("trustee", "count", "{dir}", key=[str(work / "key")], seen=True))
    faults += [] if done["status"] == 0 else [done["told"]]
    faults += [] if window.steps()["stage"] == "opened" else [window.steps()["next"]]
    result("the power goes in a shuffle: the count goes on", faults)


# ---- all of it


def prepare(work):
    for folder in ("bin", "shelf", "stick", "stick2"):
        (work / folder).mkdir()
    (work / "e.pb").write_text(DEFINITION)
    (work / "h.csv").write_text("household\nA 1\nA 2\nA 3\nB 1\n")
    (work / "answers").write_text("It was looked into.\n")
    (work / "clock").write_text(str(OPENS - 3600))
    shutil.copy(YIHU, work / "bin/yihu")
    for name in ("issue", "trustee", "tally", "countd"):
        script(work / f"bin/yihu-{name}", WRAPPER.format(work=work, program=PROGRAMS / f"yihu-{name}"))
    script(work / "bin/systemd-inhibit", INHIBIT)


def script(path, text):
    path.write_text(text)
    path.chmod(0o700)


def walk(work):
    chance = random.Random(SEED)
    window = Window(work)
    walked = steps_of(work)
    for step in walked:
        name = step[0]
        if name in TIMES:
            (work / "clock").write_text(str(TIMES[name]))
        if name == "deal":  # what the holders read to each other
            said = window.ended(window.begin("trustee", "deal", "{dir}", key=[str(work / "key")]))["said"]
            step[3]["heard"] = said.split("\n")[0].split(": ")[-1]
        if name == "vote":
            window = poll(window, work)
        elif name == "box":
            shutil.copytree(work / "shelf/park", work / "closed", symlinks=True)
            shutil.copy(work / "key", work / "key.before")
            take(window, work, step, chance)
        elif name != "daemon":
            take(window, work, step, chance)
        if name == "accept":  # the clerk puts the signed charter in its place
            window.ended(window.begin("issue", "charter", "{dir}"))
        if name == "letters":
            keep_letters(work)
        if name == "withdraw":
            window.ended(window.begin("issue", "withdraw", "{dir}", drop=True, seen=True))
    table = {s["id"] for s in window.steps()["steps"]}
    left = table - {s[0] for s in walked} - LEFT_OUT.keys()
    result("every step of the table was taken, or why not is said", [f"{name} was not" for name in sorted(left)])
    return window


def count_again(work):
    """As it was when it was closed."""
    kill_all(work)
    shutil.rmtree(work / "shelf/park")
    os.rename(work / "closed", work / "shelf/park")
    shutil.copy(work / "key.before", work / "key")
    (work / "clock").write_text(str(CLOSES + 60))
    in_a_shuffle(Window(work), work)


def main():
    trial = ["strace", "-qq", "-o", "/dev/null", "true"]
    if not shutil.which("strace") or subprocess.run(trial, stderr=subprocess.DEVNULL).returncode != 0:
        print("1..0 # SKIP strace does not run here")
        return
    print(f"# seed {SEED}")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="yihu-walk-", dir=memory) as folder:
        work = pathlib.Path(folder)
        prepare(work)
        try:
            walk(work)
            count_again(work)
        finally:
            kill_all(work)
    print(f"1..{len(results)}")
    sys.exit(not all(results))


main()
