#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The first process of a user-mode kernel (Debian's user-mode-linux), which has
# the file systems that this machine's kernel may lack. Its root is the real one,
# read-only; what COMMAND prints goes to the file "said" in the folder FOLDER.
# usage (behind "--" of linux.uml): FOLDER COMMAND ARGUMENT…
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
mount -t hostfs -o "$1" none /mnt
python3 - <<'PY'
import ctypes, os
libc = ctypes.CDLL(None)
modules = f"/usr/lib/uml/modules/{os.uname().release}/kernel/"
FINIT_MODULE = 313  # x86-64, where user-mode kernels run; kmod may not be there
for name in ("drivers/block/loop", "fs/nls/nls_cp437", "fs/nls/nls_ascii", "fs/nls/nls_iso8859-1",
             "fs/fat/fat", "fs/fat/vfat"):
    with open(modules + name + ".ko", "rb") as f:
        libc.syscall(FINIT_MODULE, f.fileno(), b"", 0)
PY
shift
"$@" >/mnt/said 2>&1 </dev/null
echo o >/proc/sysrq-trigger
sleep 60
