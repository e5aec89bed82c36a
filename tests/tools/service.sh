#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The daemon under a service manager: a socket that is handed over, and what the
# manager is told. service.py is the manager.
. "$(dirname "$0")/lib.sh"
need python3
inputs
election d >made 2>&1 || sed 's/^/# /' made
export YIHU_TEST_CLOCK=$((opens + 60))
manager() { python3 "$here/service.py" "$YIHU_PROGRAMS/yihu-countd" "$1" d/box "${@:2}"; }

holds 'it serves a socket that was handed over, and says when' \
  manager serves "$YIHU_PROGRAMS/yihu-issue" add d 'C 1' --reason moved-in --seen
holds "a manager by Linux's own kind of name is told too" manager abstract
holds 'a second socket is for metrics, and they are nowhere else' manager measured
holds '--status tells how the daemon does, also when it hangs, was killed or has ended' manager status
holds 'of a killed daemon no process is left, also when it hangs' manager orphans
holds '--status tells each thing that is wrong, and its exit status says that something is' manager told
holds 'a web server at the socket may say for whom it asks' manager trusted
holds 'three sockets are refused' manager three
holds 'a socket that does not listen is refused' manager deaf
holds 'a second address is refused' manager both
holds "what is meant for another process is not taken" manager other
holds "root serves its own computer, or becomes another user" manager as_root
# Last: the box has a mirror from then on.
holds 'the journal is told how much a line matters, and has the time itself' manager journal
plan
