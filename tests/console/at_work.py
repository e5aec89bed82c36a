# SPDX-License-Identifier: Apache-2.0
"""The committee's window as a program that is asked, and what it began."""

import glob
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.request


def wait_for(what, seconds=120):
    """Until what() is true; what it gives."""
    for _ in range(seconds * 50):
        got = what()
        if got:
            return got
        time.sleep(0.02)
    raise TimeoutError(what)


class Window:
    """The program, asked as its page asks."""

    def __init__(self, work, *options):
        env = {**os.environ, "HOME": str(work), "XDG_RUNTIME_DIR": str(work), "YIHU_WALK": str(work),
               "PATH": f"{work}/bin:{os.environ['PATH']}", "YIHU_TEST_CLOCK": (work / "clock").read_text()}
        env.pop("DISPLAY", None)
        self.process = subprocess.Popen([work / "bin/yihu", "--no-browser", "--in", work / "shelf", *options],
                                        env=env, stdout=subprocess.PIPE, text=True)
        said = self.process.stdout.readline()
        self.host = re.search(r"http://(\S+)/", said)[1]
        self.token = ""
        self.token = self.post("enter", said=re.search(r"\d{4} \d{4}", said)[0])["token"]

    def ask(self, path, body=None):
        headers = {"Origin": f"http://{self.host}", "Sec-Fetch-Site": "same-origin",
                   "Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{self.host}/api/{path}", data, headers)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def post(self, name, **body):
        return self.ask(name, body)

    def book(self):
        return next(b["id"] for b in self.ask("books")["books"] if b["name"] == "park")

    def steps(self):
        return self.ask(f"steps?book={self.book()}&language=en")

    def poll(self):
        return self.ask(f"poll?book={self.book()}&language=en")

    def begin(self, program, *words, new=False, passphrases=(), **options):
        options = {name.replace("_", "-"): value for name, value in options.items()}
        where = {"new": "park"} if new else {"book": self.book()}
        return self.post("run", program=f"yihu-{program}", words=list(words), options=options,
                         passphrases=list(passphrases), language="en", **where)["run"]

    def ended(self, run):
        """What became of it, once it has ended."""
        return wait_for(lambda: (w := self.ask(f"run?run={run}"))["ended"] and w)


def kill_all(work, by=signal.SIGKILL):
    """Whoever the window began, and itself, as when the power goes; as when the computer is
    shut down, by SIGTERM."""
    marked = []
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            if f"YIHU_WALK={work}".encode() in pathlib.Path(path).read_bytes().split(b"\0"):
                marked.append(int(path.split("/")[2]))
        except (PermissionError, FileNotFoundError, ProcessLookupError):
            pass
    for pid in marked:
        try:
            os.kill(pid, by)
        except ProcessLookupError:
            pass
    for pid in marked:
        wait_for(lambda pid=pid: not os.path.exists(f"/proc/{pid}") or state_of(pid) == "Z")


def state_of(pid):
    try:
        return re.search(r"State:\s+(\w)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]
    except FileNotFoundError:
        return None
