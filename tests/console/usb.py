#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A stick on USB, plugged into a machine that is emulated: does `yihu --sticks` see it?

usage: usb.py YIHU [KERNEL.deb]

Debian's own kernel in QEMU, without KVM and without a network; its first process is busybox
(busybox-static), which mounts what comes. Takes two or three minutes, and 70 MB from Debian's
mirror where no package of a kernel (linux-image-…-amd64) is given. Not one of `tools/check`.
"""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

SECTOR = 512
BEGINS = 2048  # sectors before the one partition
STICK_BYTES = 64 << 20
MODULES = ("xhci-pci", "usb-storage", "uas", "sd_mod", "vfat", "nls_cp437", "nls_ascii", "nls_iso8859-1")
TREES = ("drivers/usb", "drivers/scsi", "fs/fat", "fs/nls", "lib", "crypto", "arch", "block")
INIT = f"""#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
export PATH=/bin LC_ALL=C.UTF-8
for m in {" ".join(MODULES)}; do modprobe $m || echo "FAILED modprobe $m"; done
echo "EMPTY $(yihu --sticks)"
echo PLUG
while [ ! -b /dev/sda1 ]; do sleep 1; done
echo "UNMOUNTED $(yihu --sticks)"
mkdir -p "/media/张 三"
mount -t vfat -o utf8 /dev/sda1 "/media/张 三"
cp /key "/media/张 三/王芳.key"
yihu --sticks | sed 's/^/SEEN /'
umount "/media/张 三"
echo PULL
while [ -b /dev/sda1 ]; do sleep 1; done
echo "GONE $(yihu --sticks)"
poweroff -f
"""


def run(*words, **more):
    return subprocess.run([str(w) for w in words], check=True, **more)


def kernel(deb, work):
    """The kernel's file and the folder of its modules."""
    if deb is None:
        told = run("apt-cache", "depends", "linux-image-amd64", stdout=subprocess.PIPE, text=True).stdout
        name = re.search(r"Depends: (linux-image-\S+)", told)[1]
        run("apt-get", "download", name, cwd=work, stdout=subprocess.DEVNULL)
        deb = next(work.glob("linux-image-*.deb"))
    run("dpkg-deb", "-x", deb, work / "kernel")
    return next((work / "kernel/boot").glob("vmlinuz-*")), next((work / "kernel").glob("**/modules/*"))


def put(root, path, source=None):
    to = root / str(path).lstrip("/")
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source or path, to)


def put_program(root, program):
    """It, and the libraries that it is linked with."""
    put(root, "bin/yihu", program)
    told = run("ldd", program, stdout=subprocess.PIPE, text=True).stdout
    for path in re.findall(r"(/\S+) \(0x", told):
        put(root, path)


def initramfs(work, program, modules, key):
    root = work / "root"
    for folder in ("bin", "proc", "sys", "dev", "media", "tmp"):
        (root / folder).mkdir(parents=True)
    put(root, "bin/busybox", shutil.which("busybox"))
    put_program(root, program)
    put(root, "key", key)
    if os.path.isdir("/usr/lib/locale/C.utf8"):
        shutil.copytree("/usr/lib/locale/C.utf8", root / "usr/lib/locale/C.utf8")
    place = root / "lib/modules" / modules.name
    for tree in TREES:
        if (modules / "kernel" / tree).is_dir():
            shutil.copytree(modules / "kernel" / tree, place / "kernel" / tree)
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        put(root, f"lib/modules/{modules.name}/{name}", modules / name)
    run("busybox", "depmod", "-b", root, modules.name)
    (root / "init").write_text(INIT)
    (root / "init").chmod(0o755)
    packed = work / "initramfs"
    names = subprocess.Popen(["find", "."], cwd=root, stdout=subprocess.PIPE)
    with open(packed, "wb") as out:
        run("busybox", "cpio", "-o", "-H", "newc", cwd=root, stdin=names.stdout, stderr=subprocess.DEVNULL, stdout=out)
    return packed


def stick(work):
    """A disk with one partition of FAT, as sticks are sold."""
    image = work / "stick"
    sectors = STICK_BYTES // SECTOR
    with open(image, "wb") as f:
        f.truncate(STICK_BYTES)
        entry = b"\0\0\0\0\x0c\0\0\0" + BEGINS.to_bytes(4, "little") + (sectors - BEGINS).to_bytes(4, "little")
        f.seek(446)
        f.write(entry + bytes(48) + b"\x55\xaa")
    run("mkfs.vfat", "--offset", BEGINS, "-n", "ZHANGSAN", image, (sectors - BEGINS) // 2, stdout=subprocess.DEVNULL)
    return image


def tell(monitor, *commands):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(monitor))
        s.sendall("".join(f"{c}\n" for c in commands).encode())
        s.settimeout(5)
        try:
            while s.recv(4096):
                pass
        except TimeoutError:
            pass


def boot(work, image, packed, stick_image):
    """What the machine says, while the stick goes in and out."""
    monitor = work / "monitor"
    words = ["qemu-system-x86_64", "-accel", "tcg", "-m", "512", "-nographic", "-no-reboot", "-nic", "none"]
    words += ["-kernel", image, "-initrd", packed, "-append", "console=ttyS0 quiet panic=-1"]
    words += ["-device", "qemu-xhci,id=usb", "-monitor", f"unix:{monitor},server,nowait"]
    words += ["-serial", "stdio"]
    machine = subprocess.Popen([str(w) for w in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                               errors="replace")
    said = []
    for line in machine.stdout:
        said.append(line.strip())
        print(f"# {line.rstrip()}")
        if "PLUG" in line:
            tell(monitor, f"drive_add 0 if=none,id=d,format=raw,file={stick_image}",
                 "device_add usb-storage,id=s,bus=usb.0,drive=d,removable=on")
        if "PULL" in line:
            tell(monitor, "device_del s")
    machine.wait()
    return said


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    deb = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        run(program.parent / "yihu-issue", "--version", stdout=subprocess.DEVNULL)
        key = make_key(work, program.parent)
        image, modules = kernel(deb, work)
        said = boot(work, image, initramfs(work, program, modules, key), stick(work))
    wanted = [
        ("nothing is there at first", "EMPTY no stick is plugged in and mounted"),
        ("one that is not mounted is not shown", "UNMOUNTED no stick is plugged in and mounted"),
        ("once it is mounted, it is", "SEEN /media/张 三: “QEMU HARDDISK”, 66 MB, 65 MB are free"),
        ("with the key on it", "SEEN   /media/张 三/王芳.key: the key of 王芳"),
        ("and no longer when it is out", "GONE no stick is plugged in and mounted"),
    ]
    # What a terminal is told to do may stand before a line.
    held = [any(s.endswith(line) for s in said) for _, line in wanted]
    for n, (name, _) in enumerate(wanted):
        print(f"{'ok' if held[n] else 'not ok'} {n + 1} - {name}")
    print(f"1..{len(wanted)}")
    sys.exit(not all(held))


def make_key(work, programs):
    """A key file, of an election that nobody holds."""
    pb = work / "e.pb"
    pb.write_text("\n".join(
        "META key;value description;x country;x unit;y instance;1 num_projects;2 num_votes;0 budget;300 "
        "vote_type;approval rule;greedy date_begin;2099 date_end;2099 ballot;approval PROJECTS project_id;cost;name "
        "1;100;a 2;200;b VOTES voter_id;vote".split()) + "\n")
    (work / "h.csv").write_text("household\nA 1\nA 2\nA 3\nB 1\n")
    run(programs / "yihu-issue", "init", work / "d", "--election", pb, "--households", work / "h.csv", "--opens",
        "2099-01-01 08:00", "--closes", "2099-01-02 08:00", "--holders", 3, "--threshold", 2, "--unencrypted", "--seen",
        "--nobody-may-miss", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run(programs / "yihu-trustee", "announce", work / "d", "--index", 1, "--name", "王芳", "--key", work / "key",
        "--unencrypted", stdout=subprocess.DEVNULL)
    return work / "key"


main()
