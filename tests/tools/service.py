# SPDX-License-Identifier: Apache-2.0
"""A service manager, as sd_listen_fds(3) and sd_notify(3) want it, for one daemon.

usage: service.py DAEMON CASE BOX [COMMAND…]   ends with 1 and says what was wrong
"""
import http.client
import os
import signal
import socket
import sys

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


class Local(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_S)
        self.sock.connect(self.host)


def healthy(path):
    c = Local(path)
    c.request("GET", "/healthz")
    return c.getresponse().status == 200


def serves(daemon, box, command):
    path = os.path.abspath("box.sock")
    manager = told_at("manager")
    env = {"NOTIFY_SOCKET": os.path.abspath("manager"), "WATCHDOG_USEC": "2000000"}
    child = start([daemon, box], [listening(path)], env)
    try:
        heard = until(manager, "READY=1")
        require(heard.startswith("STATUS=verifying"), f"first told: {heard}")
        require(healthy(path), "it does not answer")
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


def two(daemon, box, _):
    refused(daemon, box, [listening("1.sock"), listening("2.sock")], "2 sockets were handed over")


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


if __name__ == "__main__":
    cases = {f.__name__: f for f in (serves, abstract, two, deaf, both, other)}
    cases[sys.argv[2]](sys.argv[1], sys.argv[3], sys.argv[4:])
