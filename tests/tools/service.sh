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
  manager serves "$YIHU_PROGRAMS/yihu-issue" add d 'C 1' --seen
holds "a manager by Linux's own kind of name is told too" manager abstract
holds 'two sockets are refused' manager two
holds 'a socket that does not listen is refused' manager deaf
holds 'a second address is refused' manager both
holds "what is meant for another process is not taken" manager other
plan
