#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Stands for a suite that cannot run here.
# usage: skip.sh WHY
. "$(dirname "$0")/tap.sh"
skip_all "$1"
