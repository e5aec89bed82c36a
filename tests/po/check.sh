#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every text of the programs is in the Chinese catalogue, and they speak it.
# usage: check.sh SOURCE_ROOT BUILD_ROOT XGETTEXT_OPTION…
set -euo pipefail
export LC_ALL=C.UTF-8

source_root=$1 build_root=$2
shift 2
cd "$source_root"
po=src/po/zh_CN.po
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

n=0
# result NAME FILE: passes when FILE, which lists what is wrong, is empty.
result() {
  n=$((n + 1))
  if [ -s "$2" ]; then
    sed 's/^/# /' "$2"
    echo "not ok $n - $1"
  else
    echo "ok $n - $1"
  fi
}

# What a user with this LANG sees of a help text.
help_in() {
  env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG="$1" YIHU_LOCALEDIR="$build_root/src/po" \
    "$build_root/tools/yihu-issue" --help
}

echo 1..6

msgfmt --check --check-format --output-file="$work/yihu.mo" "$po" 2>"$work/format" &&
  : >"$work/format" || echo "msgfmt: status $?" >>"$work/format"
result "the catalogue's formats are those of the texts" "$work/format"

find src tools include -name '*.[ch]' | LC_ALL=C sort >"$work/files"
xgettext "$@" --files-from="$work/files" --output="$work/yihu.pot"
msgmerge --quiet --no-fuzzy-matching --output-file="$work/merged.po" "$po" "$work/yihu.pot"
msgattrib --untranslated --no-obsolete "$work/merged.po" | sed "1,/^$/d" >"$work/untranslated"
result 'every text is translated' "$work/untranslated"

msgattrib --only-fuzzy --no-obsolete "$work/merged.po" | sed "1,/^$/d" >"$work/fuzzy"
result 'no translation is a guess' "$work/fuzzy"

sed -n 's/^#: //p' "$work/yihu.pot" | tr ' ' '\n' | sed 's/:[0-9]*$//' | LC_ALL=C sort -u >"$work/texts"
diff src/po/POTFILES "$work/texts" >"$work/potfiles" || true
result 'POTFILES lists the files with texts' "$work/potfiles"

help_in zh_CN.UTF-8 >"$work/zh"
grep -q '^用法：yihu-issue ' "$work/zh" && : >"$work/wrong" || cp "$work/zh" "$work/wrong"
result 'a program answers a Chinese user in Chinese' "$work/wrong"

help_in C.UTF-8 >"$work/en"
grep -q '^usage: yihu-issue ' "$work/en" && : >"$work/wrong" || cp "$work/en" "$work/wrong"
result 'a program answers in English elsewhere' "$work/wrong"
