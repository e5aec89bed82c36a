#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every text of the programs is in the Chinese catalogue, and they speak it.
# usage: check.sh SOURCE_ROOT BUILD_ROOT XGETTEXT_OPTION…
. "$(dirname "$0")/../lib/tap.sh"
set -e
export LC_ALL=C.UTF-8

source_root=$1 build_root=$2
shift 2
cd "$source_root"
po=src/po/zh_CN.po

# What a user with this LANG sees of a help text.
help_in() {
  env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG="$1" YIHU_LOCALEDIR="$build_root/src/po" \
    "$build_root/tools/yihu-issue" --help
}

msgfmt --check --check-format --output-file="$work/yihu.mo" "$po" 2>"$work/format" &&
  : >"$work/format" || echo "msgfmt: status $?" >>"$work/format"
empty "the catalogue's formats are those of the texts" "$work/format"

find src tools include -name '*.[ch]' | LC_ALL=C sort >"$work/files"
xgettext "$@" --files-from="$work/files" --output="$work/yihu.pot"
msgmerge --quiet --no-fuzzy-matching --output-file="$work/merged.po" "$po" "$work/yihu.pot"
msgattrib --untranslated --no-obsolete "$work/merged.po" | sed "1,/^$/d" >"$work/untranslated"
empty 'every text is translated' "$work/untranslated"

msgattrib --only-fuzzy --no-obsolete "$work/merged.po" | sed "1,/^$/d" >"$work/fuzzy"
empty 'no translation is a guess' "$work/fuzzy"

sed -n 's/^#: //p' "$work/yihu.pot" | tr ' ' '\n' | sed 's/:[0-9]*$//' | LC_ALL=C sort -u >"$work/texts"
diff src/po/POTFILES "$work/texts" >"$work/potfiles" || true
empty 'POTFILES lists the files with texts' "$work/potfiles"

help_in zh_CN.UTF-8 >"$work/zh"
grep -q '^用法：yihu-issue ' "$work/zh" && : >"$work/wrong" || cp "$work/zh" "$work/wrong"
empty 'a program answers a Chinese user in Chinese' "$work/wrong"

help_in C.UTF-8 >"$work/en"
grep -q '^usage: yihu-issue ' "$work/en" && : >"$work/wrong" || cp "$work/en" "$work/wrong"
empty 'a program answers in English elsewhere' "$work/wrong"
plan
