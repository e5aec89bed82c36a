# SPDX-License-Identifier: Apache-2.0
"""Prints ports of 127.0.0.1 that are free, for programs that are stopped and started.

usage: free_port.py [HOW_MANY]. The kernel gives the ports of its own range to whoever
connects anywhere, so that one of those may be gone while its program is away. These
lie below them.
"""
import random
import socket
import sys

with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as bounds:
    below = int(bounds.read().split()[0])
found = []
while len(found) < int((sys.argv + ["1"])[1]):
    probe = socket.socket()
    try:
        probe.bind(("127.0.0.1", random.randrange(below // 2, below)))
    except OSError:
        probe.close()
        continue
    found.append(probe)
print(*(probe.getsockname()[1] for probe in found))
