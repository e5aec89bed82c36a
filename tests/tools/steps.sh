#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The table of steps, as yihu-issue status --json prints it, and the READMEs: an
# election by hand goes by the table.
. "$(dirname "$0")/lib.sh"
inputs
json() { issue status d --json >status.json; }
# holds_of EXPRESSION: of s, the answer, and step, its steps by id.
holds_of() {
  check "$1" python3 -c '
import json, sys
s = json.load(open("status.json"))
step = {row["id"]: row for row in s["steps"]}
sys.exit(not eval(sys.argv[1]))' "$1"
}

holds 'init' init d
holds 'it is one JSON object' json
holds_of 's["version"] == "yihu-status-v1" and s["stage"] == "drafted" and not s["stick"]'
holds_of 's["next"].startswith("each key holder announces: yihu-trustee announce d ")'
holds_of 'step["announce"]["state"] == "due" and step["announce"]["actor"] == "key holder"'
holds_of 'step["announce"]["command"] == "yihu-trustee announce d --index I --name NAME --key FILE"'
holds_of '[h["number"] for h in step["announce"]["holders"]["left"]] == [1, 2, 3]'
holds_of 'step["setup"]["state"] == "done" and step["letters"]["state"] == "waiting"'
holds_of 'step["replace"]["state"] == "not needed" and step["replace"]["from"] == "issued"'
holds_of 'step["deliver"]["command"] is None and step["deliver"]["holders"] is None'
holds_of 's["round"] == "announce" and s["who_comes"].startswith("key holders: 3; ")'
holds_of 's["holders"][1:] == [{"number": 2, "name": None}, {"number": 3, "name": None}]'
holds 'announce' trustee announce d --key k2 --index 2 --name '李强' --unencrypted
json
holds_of 'step["announce"]["holders"]["more"] == 2 and s["holders"][1]["name"] == "李强"'
holds_of 'step["deal"]["holders"]["left"][1] == {"number": 2, "name": "李强"}'
says 0 'also to do: print forms for the envelopes, one for each passphrase: yihu-issue envelope d' \
  issue status d

says 0 'print the proof sheet' issue status d
says 0 'paper/proof.pdf' issue proof d --lang en
holds 'it is tagged, with all its text' python3 "$here/../print/tags.py" d/paper/proof.pdf
sheet() { pdftotext -layout d/paper/proof.pdf - | grep -q "$1"; }
holds 'it has the projects' sheet '2 *benches *200 yuan'
holds 'a line for everybody who signs' sheet 'Key holder 2 *李强 *Checked and right'
holds 'and what is not known yet' sheet 'no election id yet'

for readme in README.md src/README.zh-CN.md; do
  check "$readme goes by the table" python3 "$here/by_hand.py" status.json "$here/../../$readme"
done
plan
