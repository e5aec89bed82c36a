#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests' packages, those of the lock file, into the build folder.
# usage: install.sh SOURCE BUILD STAMP
set -eu
stamp=$(realpath "$3")
cd "$2"
if ! cmp -s "$1/package-lock.json" node_modules/.installed; then
  cp "$1/package.json" "$1/package-lock.json" .
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
touch "$stamp"
