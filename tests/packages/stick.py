#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The committee's stick (tools/stick), in a machine that is emulated: QEMU, without KVM.

usage: stick.py [12|13|IMAGE] [PICTURES]

IMAGE: what tools/stick made; by a number, its own for that Debian, which is made if it is not there.
PICTURES: a folder for the pictures of the screen (build/stick).

The stick is started twice: by BIOS, where its passphrase is chosen, and by UEFI with Secure Boot,
where its folder is opened again. Each time the window has to open, and the computer to turn itself
off. The machine has a network card, of which the system may know nothing. A quarter of an hour and
more; wants qemu-system-x86 and ovmf, and root where the image has to be made. Not one of `tools/check`.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parents[2]
NAMES = {"12": "bookworm", "13": "trixie"}
STICK_BYTES = 4 << 30
PASSPHRASE = "lamp river 1987 pear"
WRONG = "lamp river 1987 plum"
OVMF = pathlib.Path("/usr/share/OVMF")
BOUND = 3600  # seconds, for what an emulated machine is waited for
TABLE, ENTRY, SECTOR = 446, 16, 512  # of the first sector
LUKS = 0xE8


class Machine:
    """One that is emulated, from its start until it turns itself off."""

    def __init__(self, work, stick, uefi):
        words = ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "Nehalem", "-smp", "2", "-m", "3072", "-display", "none"]
        words += ["-vga", "std", "-nic", "user,model=e1000,restrict=on", "-device", "qemu-xhci,id=usb"]
        words += ["-drive", f"if=none,id=stick,format=raw,cache=unsafe,file={stick}"]
        words += ["-device", "usb-storage,bus=usb.0,drive=stick,removable=on,bootindex=1", "-no-reboot"]
        words += ["-qmp", f"unix:{work}/qmp,server=on,wait=off", "-serial", f"unix:{work}/serial,server=on,wait=on"]
        if uefi:
            variables = work / "variables"
            shutil.copy(OVMF / "OVMF_VARS_4M.ms.fd", variables)
            words += ["-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on"]
            for path, more in ((OVMF / "OVMF_CODE_4M.secboot.fd", ",readonly=on"), (variables, "")):
                words += ["-drive", f"if=pflash,format=raw,file={path}{more}"]
        for name in ("qmp", "serial"):
            (work / name).unlink(missing_ok=True)
        self.began = time.monotonic()
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
        self.serial = self.connect(work / "serial")
        self.serial.settimeout(BOUND)
        self.lines = self.serial.makefile("r", encoding="utf-8", errors="replace", newline="\n")
        self.qmp = self.connect(work / "qmp")
        self.answers = self.qmp.makefile("r")
        self.answers.readline()
        self.tell("qmp_capabilities")

    def connect(self, path):
        while self.process.poll() is None:
            try:
                s = socket.socket(socket.AF_UNIX)
                s.connect(str(path))
                return s
            except OSError:
                s.close()
                time.sleep(0.1)
        sys.exit("Bail out! QEMU ended at once")

    def seconds(self):
        return int(time.monotonic() - self.began)

    def tell(self, command, **arguments):
        self.qmp.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        for line in self.answers:
            told = json.loads(line)
            if "return" in told or "error" in told:
                return told
        return None

    def until(self, words):
        """The rest of the line on which the stick says so; None: it never does."""
        try:
            for line in self.lines:
                at = line.find("yihu-stick: ")
                if at >= 0:
                    said = line[at + len("yihu-stick: "):].strip()
                    print(f"# {self.seconds():5} s  {said}", flush=True)
                    if said.startswith(words):
                        return said[len(words):].strip()
        except OSError:
            pass
        return None

    def press(self, *keys):
        self.tell("send-key", keys=[{"type": "qcode", "data": k} for k in keys])
        time.sleep(0.3)

    def type(self, text):
        for c in text:
            self.press("spc" if c == " " else c)

    def picture(self, path):
        self.tell("screendump", filename=str(path), format="png")

    def ends(self):
        """Did it turn itself off?"""
        try:
            return self.process.wait(timeout=BOUND) == 0
        except subprocess.TimeoutExpired:
            self.kill()
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()


class Trial:
    def __init__(self, pictures):
        self.pictures, self.n, self.failed = pictures, 0, 0
        self.pictures.mkdir(parents=True, exist_ok=True)

    def check(self, name, held):
        self.n += 1
        self.failed += not held
        print(f"{'ok' if held else 'not ok'} {self.n} - {name}", flush=True)
        return held

    def picture(self, machine, name):
        machine.picture(self.pictures / f"{name}.png")

    def first(self, machine):
        """The passphrase is chosen: a short one and another one are refused."""
        self.check("it asks for a new passphrase", machine.until("screen: new") is not None)
        self.picture(machine, "1-new")
        for words, name in ((("pear", ""), "short"), ((PASSPHRASE, WRONG), "differ")):
            for word in words:
                machine.type(word)
                machine.press("ret")
            self.check(f"what is typed is refused: {name}", machine.until(f"refused: {name}") is not None)
        self.picture(machine, "2-refused")
        machine.type(PASSPHRASE)
        machine.press("ret")
        self.check("the folder is made", machine.until("folder made") is not None)

    def second(self, machine):
        self.check("it asks for the passphrase", machine.until("screen: locked") is not None)
        self.picture(machine, "4-locked")
        machine.type(WRONG)
        machine.press("ret")
        self.check("another one is refused", machine.until("refused: unfit") is not None)
        self.picture(machine, "5-refused")
        machine.type(PASSPHRASE)
        machine.press("ret")
        opened = machine.until("folder opened, with ")
        self.check("the folder is opened, with what was in it", opened is not None and not opened.startswith("0 "))

    def window(self, machine, name):
        """It opens, is closed, and the computer is turned off by the screen that follows."""
        self.check("letters lie in memory", machine.until("letters lie in") == "tmpfs")
        title = machine.until("window shows")
        self.check("the window is open", title is not None)
        print(f"# the window after {machine.seconds()} s", flush=True)
        time.sleep(20)  # for the picture: what is under the title is drawn
        self.picture(machine, name)
        machine.press("alt", "f4")
        self.check("it is closed, and what comes next is asked", machine.until("screen: leave") is not None)
        self.picture(machine, f"{name}-closed")
        machine.press("tab")
        machine.press("ret")
        self.check("the computer turns itself off", machine.until("turns off") is not None and machine.ends())

    def boot(self, work, stick, uefi):
        print(f"# {'UEFI with Secure Boot' if uefi else 'BIOS'}", flush=True)
        machine = Machine(work, stick, uefi)
        try:
            self.check("it starts, and knows no network", machine.until("network interfaces:") == "lo")
            (self.second if uefi else self.first)(machine)
            self.window(machine, "6-window" if uefi else "3-window")
        finally:
            if machine.process.poll() is None:
                machine.kill()


def partition(stick):
    """Of the second: its type, and whether LUKS begins it."""
    with open(stick, "rb") as f:
        f.seek(TABLE + ENTRY)
        entry = f.read(ENTRY)
        f.seek(int.from_bytes(entry[8:12], "little") * SECTOR)
        return entry[4] == LUKS and f.read(6) == b"LUKS\xba\xbe"


def image_of(word):
    if word not in NAMES:
        return pathlib.Path(word)
    image = HERE / f"build/stick/yihu-stick-{NAMES[word]}.img"
    if not image.exists():
        subprocess.run([HERE / "tools/stick", word], check=True)
    return image


def main():
    if any(a.startswith("-") for a in sys.argv[1:]) or len(sys.argv) > 3:
        print(__doc__)
        sys.exit(2)
    for needed in (shutil.which("qemu-system-x86_64"), (OVMF / "OVMF_VARS_4M.ms.fd").exists()):
        if not needed:
            print("1..0 # SKIP qemu-system-x86 and ovmf are wanted")
            return
    image = image_of(sys.argv[1] if len(sys.argv) > 1 else "12")
    print(f"# {image}: {os.path.getsize(image) // 1000000} MB")
    trial = Trial(pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else HERE / "build/stick"))
    with tempfile.TemporaryDirectory(dir=image.resolve().parent) as folder:
        work = pathlib.Path(folder)
        stick = work / "stick"
        shutil.copy(image, stick)
        os.truncate(stick, STICK_BYTES)
        trial.boot(work, stick, uefi=False)
        trial.check("what lies on the stick is LUKS", partition(stick))
        trial.boot(work, stick, uefi=True)
    print(f"1..{trial.n}")
    sys.exit(trial.failed != 0)


main()
