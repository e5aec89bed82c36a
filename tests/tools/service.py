# SPDX-License-Identifier: Apache-2.0
"""A service manager, as sd_listen_fds(3) and sd_notify(3) want it, for one daemon.

usage: service.py DAEMON CASE BOX [COMMAND…]   ends with 1 and says what was wrong
"""
import fcntl
import http.client
import json
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

PATIENCE_S = 240  # for whatever is waited for: only a hang takes as long
FIRST = 3


def listening(path):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    s.bind(os.path.abspath(path))
    s.listen(16)
    return s


def told_at(name):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.bind(name)
    s.settimeout(PATIENCE_S)
    return s


def start(command, sockets, env, pid=None):
    """The daemon with these sockets from 3 on; its output and messages are ours."""
    child = os.fork()
    if child:
        return child
    out = os.open("service.out", os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o644)
    log = os.open("service.log", os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o644)
    os.dup2(out, 1)
    os.dup2(log, 2)
    kept = [os.dup(s.fileno()) for s in sockets]  # none of them is where another goes
    for i, fd in enumerate(kept):
        os.dup2(fd, FIRST + i)
    if env.pop("JOURNAL", None):
        env["JOURNAL_STREAM"] = f"{os.fstat(log).st_dev}:{os.fstat(log).st_ino}"
    env = {**os.environ, **env, "LISTEN_FDS": str(len(sockets)), "LISTEN_PID": str(pid or os.getpid())}
    os.execve(command[0], command, env)


def text_of(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def require(truth, what):
    if not truth:
        sys.exit(f"{what}\n{text_of('service.out')}{text_of('service.log')}")


def until(manager, part):
    """All that is told, up to what has this part."""
    heard = ""
    while part not in heard:
        try:
            heard += manager.recv(4096).decode() + "\n"
        except TimeoutError:
            require(False, f"not told: {part}")
    return heard


def ended(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def front_of(child):
    """The daemon's other process."""
    return text_of(f"/proc/{child}/task/{child}/children").split()[0]


def wait_gone(pid):
    """It may be nobody's child, whom nobody has waited for yet."""
    for _ in range(PATIENCE_S * 50):
        try:
            if text_of(f"/proc/{pid}/stat").rsplit(")", 1)[1].split()[0] in "ZX":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.02)
    os.kill(int(pid), signal.SIGKILL)
    require(False, f"{pid} is left behind")


class Local(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_S)
        self.sock.connect(self.host)


def get(path, what, **headers):
    c = Local(path)
    c.request("GET", what, headers=headers)
    answer = c.getresponse()
    return answer.status, answer.read().decode()


def healthy(path):
    return get(path, "/healthz")[0] == 200


def serves(daemon, box, command):
    path = os.path.abspath("box.sock")
    manager = told_at("manager")
    env = {"NOTIFY_SOCKET": os.path.abspath("manager"), "WATCHDOG_USEC": "2000000"}
    child = start([daemon, box], [listening(path)], env)
    try:
        heard = until(manager, "READY=1")
        require(heard.startswith("STATUS=verifying"), f"first told: {heard}")
        require(healthy(path), "it does not answer")
        for pid in (child, front_of(child)):
            require("Seccomp:\t2" in text_of(f"/proc/{pid}/status"), f"{pid} is not confined")
        until(manager, "WATCHDOG=1")
        until(manager, "WATCHDOG=1")
        if command:
            require(os.spawnv(os.P_WAIT, command[0], command) == 0, f"{command} failed")
            until(manager, "STATUS=2 entries")
    finally:
        os.kill(child, signal.SIGTERM)
    until(manager, "STOPPING=1")
    require(ended(child) == 0, "it does not stop as asked")
    require(text_of("service.out") == f"unix:{path}\n", "it says another address")


def abstract(daemon, box, _):
    name = f"yihu-test-{os.getpid()}"
    manager = told_at("\0" + name)
    child = start([daemon, box], [listening("abstract.sock")], {"NOTIFY_SOCKET": "@" + name})
    until(manager, "READY=1")
    os.kill(child, signal.SIGTERM)
    until(manager, "STOPPING=1")
    require(ended(child) == 0, "it does not stop as asked")


def refused(daemon, box, sockets, words, *options):
    require(ended(start([daemon, box, *options], sockets, {})) == 1, "it is not refused")
    require(words in text_of("service.log"), f"it does not say: {words}")


def measured(daemon, box, _):
    manager = told_at("meter")
    env = {"NOTIFY_SOCKET": os.path.abspath("meter")}
    child = start([daemon, box], [listening("a.sock"), listening("metrics.sock")], env)
    try:
        until(manager, "READY=1")
        status, text = get("metrics.sock", "/metrics")
        require(status == 200 and "\nyihu_serving 1\n" in text, f"metrics: {status} {text}")
        require(get("a.sock", "/metrics")[0] == 404, "they are at the households' address")
        require(healthy("a.sock"), "it does not answer")
    finally:
        os.kill(child, signal.SIGTERM)
    require(ended(child) == 0, "it does not stop as asked")


def asks(daemon, box, later=0):
    """What --status says, and how it ends."""
    env = {**os.environ, "YIHU_TEST_CLOCK": str(int(os.environ["YIHU_TEST_CLOCK"]) + later)}
    done = subprocess.run([daemon, "--status", box], env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def expect(got, code, *words):
    for word in words:
        require(got[0] == code and word in got[1], f"not {code} and “{word}”: {got}")


def figures(daemon, box):
    """The same for programs; that something is wrong is no failure of the question."""
    done = subprocess.run([daemon, "--status", box, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def status(daemon, box, _):
    manager = told_at("status-told")
    child = start([daemon, box], [listening("status.sock")], {"NOTIFY_SOCKET": os.path.abspath("status-told")})
    until(manager, "READY=1")
    path = os.path.join(box, "status")
    require(os.stat(path).st_mode & 0o777 == 0o600, "others may read it")
    expect(asks(daemon, box), 0, "Stage: open", "Ballots: 0 of ", "Clock: right", "No mirror.", "Nothing is wrong.")
    expect(asks(daemon, box, 3600), 1, "Wrong: it has not moved for ")
    told = figures(daemon, box)
    require(told["runs"] and not told["cut_off"] and told["wrong"] == [], f"it runs: {told}")
    require(told["daemon"]["ballots"] == 0 and told["mirror"] is None, f"its figures: {told}")
    os.kill(child, signal.SIGKILL)
    ended(child)
    expect(asks(daemon, box), 1, "Wrong: the last daemon was cut off", f"yihu-countd {box}")
    told = figures(daemon, box)
    require(not told["runs"] and told["cut_off"] and told["daemon"] is None, f"it was killed: {told}")
    child = start([daemon, box], [listening("again.sock")], {"NOTIFY_SOCKET": os.path.abspath("status-told")})
    until(manager, "READY=1")
    os.kill(child, signal.SIGTERM)
    require(ended(child) == 0, "it does not stop as asked")
    require(not os.path.exists(path), "it leaves its status behind")


def orphans(daemon, box, _):
    """Nothing of a killed daemon holds its socket or reads its folder, not even what hangs."""
    manager = told_at("orphans")
    child = start([daemon, box], [listening("orphans.sock")], {"NOTIFY_SOCKET": os.path.abspath("orphans")})
    until(manager, "READY=1")
    front = front_of(child)
    left = [front, front_of(front)]  # and whoever audits for it
    for pid in left:
        os.kill(int(pid), signal.SIGSTOP)
    os.kill(child, signal.SIGKILL)
    ended(child)
    for pid in left:
        wait_gone(pid)


FINE = {
    "version": "1", "url": "http://127.0.0.1:1", "serves": True, "stage": "open", "ballots": 7, "households": 9,
    "clock_words": "", "synchronised": True, "mirror": "/second", "failed": False, "read_only": False,
    "box_disk": {"there": True, "free": 5 * 10**9, "wal": 0},
    "mirror_disk": {"there": True, "free": 5 * 10**9, "wal": 0},
}  # fmt: skip


def told(daemon, box, _):
    """The lock is held, as by a daemon; what it writes is made up."""
    with open(os.path.join(box, ".lock"), "r+", encoding="utf-8") as lock:
        fcntl.fcntl(lock, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))
        path = os.path.join(box, "status")

        def says(**more):
            now = int(os.environ["YIHU_TEST_CLOCK"])
            with open(path, "w", encoding="utf-8") as f:
                json.dump({**FINE, "written": now, "started": now - 60, **more}, f)
            return asks(daemon, box)

        gone, full = {"there": False}, {"there": True, "free": 10**8}
        expect(says(), 0, "Ballots: 7 of 9 households", "Disk of /second: 5.0 GB free", "Nothing is wrong.")
        expect(says(last_ballot=1780272000), 0, "The last ballot: ")
        expect(says(serves=False, verified=3, entries=8), 0, "It is starting: 3 of 8 entries")
        expect(says(failed=True), 1, "Wrong: the box can no longer be written")
        expect(says(read_only=True), 1, "Wrong: the box was made again")
        expect(says(clock_words="it waits"), 1, "Wrong: it waits")
        expect(says(box_disk=full), 1, f"Wrong: the disk of {box} is almost full")
        expect(says(mirror_disk=gone), 1, "Wrong: /second has no box.db")
        with open(path, "w", encoding="utf-8") as f:
            f.write("{")
        expect(asks(daemon, box), 1, "is not what a daemon writes")
        os.unlink(path)
        expect(asks(daemon, box), 1, "status")


def trusted(daemon, box, _):
    """Whoever comes by the socket says for whom; who does not is told of, once."""
    manager = told_at("trusting")
    env = {"NOTIFY_SOCKET": os.path.abspath("trusting")}
    child = start([daemon, box, "--trust-proxy", "unix"], [listening("trusted.sock")], env)
    try:
        until(manager, "READY=1")
        forwarded = {"X-Forwarded-For": "192.0.2.1"}
        require(get("trusted.sock", "/healthz", **forwarded)[0] == 200, "it does not answer")
        require("X-Forwarded-For" not in text_of("service.log"), "it was said for whom")
        require(healthy("trusted.sock") and healthy("trusted.sock"), "it does not answer")
        require(text_of("service.log").count("X-Forwarded-For") == 1, "it was not said for whom")
    finally:
        os.kill(child, signal.SIGTERM)
    require(ended(child) == 0, "it does not stop as asked")


def journal(daemon, box, _):
    manager = told_at("journal")
    os.makedirs("mirror")
    env = {"NOTIFY_SOCKET": os.path.abspath("journal"), "JOURNAL": "yes"}
    child = start([daemon, box, "--mirror", "mirror"], [listening("journal.sock")], env)
    until(manager, "READY=1")
    os.kill(child, signal.SIGTERM)
    require(ended(child) == 0, "it does not stop as asked")
    lines = text_of("service.log").splitlines()
    require(any(line.startswith("<6>") and " serves " in line for line in lines), "no <6>")
    require(any(line.startswith("<4>") and "on the same disk" in line for line in lines), "no <4>")
    require(all(line[:3] in ("<4>", "<6>") and not line[3:].startswith("20") for line in lines), "another form")
    expect(asks(daemon, box), 1, "no daemon has this box")
    told = figures(daemon, box)
    require(told["mirror"].endswith("mirror") and not told["cut_off"], f"where its other half is: {told}")


def three(daemon, box, _):
    refused(daemon, box, [listening(f"{i}.sock") for i in range(3)], "3 sockets were handed over")


def deaf(daemon, box, _):
    refused(daemon, box, [socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)], "no socket that listens")
    datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    refused(daemon, box, [datagrams], "no socket that listens")


def both(daemon, box, _):
    refused(daemon, box, [listening("both.sock")], "--listen names another address", "--listen", "127.0.0.1:0")


def other(daemon, box, _):
    manager = told_at("others")
    env = {"NOTIFY_SOCKET": os.path.abspath("others")}
    child = start([daemon, box, "--listen", "127.0.0.1:0"], [listening("other.sock")], env, os.getpid())
    until(manager, "READY=1")
    os.kill(child, signal.SIGTERM)
    require(ended(child) == 0, "it does not stop as asked")
    require(text_of("service.out").startswith("http://127.0.0.1:"), "it serves what is not its own")


def users_of(pid):
    """Real, effective, saved and file-system user, and whether there are other groups."""
    status = dict(line.split(":", 1) for line in text_of(f"/proc/{pid}/status").splitlines())
    return set(status["Uid"].split()), status["Groups"].split()


def as_root(daemon, box, _):
    """Root serves its own computer, or says whose rights the daemon is to have."""
    if os.geteuid() != 0:
        refused(daemon, box, [], "only root", "--listen", "127.0.0.1:0", "--user", "root")
        return
    refused(daemon, box, [], "--user NAME", "--listen", "0.0.0.0:0")
    refused(daemon, box, [], "no such user", "--listen", "127.0.0.1:0", "--user", "nobody-of-that-name")
    refused(daemon, box, [], "belongs to another user", "--listen", "127.0.0.1:0", "--user", "nobody")
    os.chmod(".", 0o711)
    other = os.path.abspath("nobodys")
    shutil.copytree(box, other)
    who = pwd.getpwnam("nobody")
    for folder, _, names in os.walk(other):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            os.chown(path, who.pw_uid, who.pw_gid)
    manager = told_at("nobodys-manager")
    options = ["--listen", "127.0.0.1:0", "--user", "nobody", "--moved"]
    child = start([daemon, other, *options], [], {"NOTIFY_SOCKET": os.path.abspath("nobodys-manager")})
    until(manager, "READY=1")
    for pid in (child, front_of(child)):
        require(users_of(pid)[0] == {str(who.pw_uid)}, f"{pid} is not only nobody's: {users_of(pid)}")
        require("0" not in users_of(pid)[1], f"{pid} is of root's group")
    os.kill(child, signal.SIGTERM)
    require(ended(child) == 0, "it does not stop as asked")


if __name__ == "__main__":
    tests = (
        serves, abstract, measured, status, orphans, told, trusted, journal, three, deaf, both, other, as_root,
    )  # fmt: skip
    cases = {f.__name__: f for f in tests}
    cases[sys.argv[2]](sys.argv[1], sys.argv[3], sys.argv[4:])
