#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A person ends the poll where nothing vouches for the clock.
. "$(dirname "$0")/lib.sh"
export TZ=UTC
inputs
election d >made 2>&1 || sed 's/^/# /' made

# typed TEXT OPTION: yihu-countd, and that text on its terminal.
typed() { countd d/box "$2" <<<"$1"; }
unsigned() { test ! -e d/box/public/log/at-close; }

export YIHU_TEST_UNSYNCHRONISED=1
says 1 'never ended before its time' typed '2026-06-02 00:00' --end-poll
says 1 'is not a time' typed soon --clock-is-right
says 2 'different calls' countd d/box --end-poll --check
says 2 'belongs to --clock-is-right' countd d/box --other-clock '2026-06-02 00:00'
export YIHU_TEST_CLOCK=$((closes + 10))
says 1 'Nothing is written until the clock is synchronised' tally close d
says 0 'the end of the poll waits for a person' issue status d
says 1 "This computer's clock says: 2026-06-02" typed '' --end-poll
says 1 'is not a time' typed 00:00 --end-poll
says 1 'you typed 2025-06-02 00:00' typed '2025-06-02 00:00' --end-poll
says 1 'you typed 2026-06-02 00:03' typed '2026-06-02 00:03' --end-poll
says 1 'you typed 2026-06-02 00:04' countd d/box --end-poll --other-clock '2026-06-02 00:04'
holds 'nothing is signed' unsigned
says 1 'Nothing is written until the clock is synchronised' tally close d
says 0 'The end of the poll is signed' typed '2026-06-02 00:00' --end-poll
holds 'it is there' test -s d/box/public/log/at-close
cp d/box/public/log/at-close first
says 0 'The end of the poll is signed' typed '' --end-poll
holds 'and stays as it is' cmp first d/box/public/log/at-close
says 0 '' tally close d

# ---- by the daemon that has the box, which looks at BOX/clock by itself
second() { mkdir two && cp e.pb h.csv two && (cd two && export YIHU_TEST_CLOCK=$((opens - 3600)) && election d); }
serves() { for ((i = 0; i < 600; i++)); do grep -q http two/url && return; sleep 0.1; done; return 1; }
holds 'a second election' second
"$YIHU_PROGRAMS/yihu-countd" two/d/box --listen 127.0.0.1:0 >two/url 2>two/told &
daemon=$!
holds 'its daemon runs' serves
holds 'and ends nothing by itself' test ! -e two/d/box/public/log/at-close
says 0 'The end of the poll is signed' countd two/d/box --end-poll <<<'2026-06-02 00:00'
kill $daemon
holds 'the daemon stops as asked' wait $daemon
holds 'and has signed it' grep -q 'the poll is over' two/told
plan
