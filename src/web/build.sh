#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the pages in a copy, so that nothing is written into the sources.
# usage: build.sh SOURCE WORDS WORK OUT.c DEPFILE
set -eu
source=$1 words=$2 work=$3 out=$(realpath "$4") depfile=$(realpath "$5")
mkdir -p "$work"
rm -rf "${work:?}/words"
"$words/words.py" --pages "$work/words" --depfile "$depfile" --target "$4" "$words"
for part in build.mjs handbook.mjs package.json package-lock.json tsconfig.json audit console count pages protocol ui; do
  rm -rf "${work:?}/$part"
  cp -R "$source/$part" "$work/$part"
done
# The handbook quotes the window's words, and what the programs say of each step.
rm -rf "${work:?}/handbook"
cp -R "$source/../handbook" "$work/handbook"
mkdir "$work/handbook/words"
cp "$words"/*.json "$work/handbook/words"
steps=$(echo "$source"/../folder/step_cards.c "$source"/../folder/step_table.[ch] "$source/../po/zh_CN.po")
# shellcheck disable=SC2086 # names of ours, without blanks
cp $steps "$work/handbook"
echo "$4: $steps" $(find "$source/../handbook") >>"$depfile"
cd "$work"
# The packages are those of the lock file; they are installed again only when it changes.
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
npx --no-install tsc --noEmit
node build.mjs "$out"
