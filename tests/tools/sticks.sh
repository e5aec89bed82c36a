#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The ceremony of holders who never meet, as its programs print it: the folder
# and the sticks are named as people name them, and what is printed is pasted.
. "$(dirname "$0")/lib.sh"
inputs
export PATH=$YIHU_PROGRAMS:$PATH
dir='桌面/锦绣花园 2026表决'
mkdir 桌面

# pasted NAME COMMAND [SED-EXPRESSION]: the command of that name that was printed
# last, up to its end, its placeholders filled in, in a shell of its own.
pasted() {
  local line
  line=$(grep -o "$2 .*" out | tail -1 | sed "s/[;)].*//; ${3:-}")
  holds "$1, as printed: $line" test -n "$line"
  holds "$1" setsid -w sh -c "$line" </dev/null
}
stick() { echo "U盘 $1"; }

holds 'init' init "$dir" --holders 4 --threshold 2
for i in 1 2 3 4; do
  says 0 'is ready' issue hand-out "$dir" "$(stick $i)" --for $i
  pasted "announce $i" 'yihu-trustee announce' "s/NAME/h$i/; s/FILE/k$i --unencrypted/"
done
says 0 "yihu-issue collect DIR 'U盘 1'" issue status "$(stick 1)"
holds 'the folder was not touched' test ! -e "$dir/ceremony/announce-1"
says 0 'still announce: 3, 4 (announced: h1, h2)' issue collect "$dir" "$(stick 1)" "$(stick 2)"
says 0 'yihu-issue charter' issue collect "$dir" "$(stick 1)" "$(stick 3)" "$(stick 4)"
for i in 1 2 3 4; do holds "hand out $i" issue hand-out "$dir" "$(stick $i)"; done
heard=$(trustee deal "$(stick 1)" --key k1 2>/dev/null | sed -n 's/.*: //p' | head -1)
for i in 1 2 3 4; do
  says 0 'is ready' issue hand-out "$dir" "$(stick $i)"
  pasted "deal $i" 'yihu-trustee deal' "s/FILE/k$i --heard $heard/"
done
says 0 'yihu-issue charter' issue collect "$dir" "$(stick 1)" "$(stick 2)" "$(stick 3)" "$(stick 4)"
pasted 'the charter' 'yihu-issue charter' 's/$/ --seen/'
for i in 1 2 3 4; do
  says 0 'is ready' issue hand-out "$dir" "$(stick $i)"
  pasted "accept $i" 'yihu-trustee accept' "s/FILE/k$i --seen/"
done
says 0 'yihu-issue letters' issue collect "$dir" "$(stick 1)" "$(stick 2)" "$(stick 3)" "$(stick 4)"
says 1 'nothing to do now; next: the clerk makes the letters' issue hand-out "$dir" "$(stick 1)"
pasted 'the letters' 'yihu-issue letters' 's/$/ --lang en --skip-rehearsal test/'

# ---- one stick is refused, the others are collected
holds 'another election' init "$dir 二" --holders 4 --threshold 2
says 1 "is not this election's" issue collect "$dir 二" "$(stick 1)" "$(stick 2)"
holds 'a stick for it' issue hand-out "$dir 二" 'U盘 5'
holds 'announce' trustee announce 'U盘 5' --index 1 --name g1 --key g1 --unencrypted
says 1 'taken: ceremony/announce-1, by “g1”' issue collect "$dir 二" "$(stick 1)" 'U盘 5'
says 1 'no key holder 5' issue hand-out "$dir 二" 'U盘 5' --for 5
plan
