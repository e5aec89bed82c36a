#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Where there is no browser.
echo '1..0 # SKIP the browser tests need Node.js, npm and chromium (tools/setup check)'
