#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What bash, zsh and fish complete of a program: made of what the program itself
says of its verbs and options (--verbs), so never of an older one.

  completions.py PROGRAM BASH ZSH FISH
"""
import json
import os
import re
import subprocess
import sys

COMMON = [
    {"name": "help", "kind": "flag", "argument": None, "help": "print this and end"},
    {"name": "version", "kind": "flag", "argument": None, "help": "print the version and end"},
    {"name": "verbs", "kind": "flag", "argument": None, "help": "print what this program does, as JSON, and end"},
]


def asked(program):
    """The program's own words, in English; a sanitizer's report is no part of them."""
    env = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en", ASAN_OPTIONS="detect_leaks=0")
    out = subprocess.run([program, "--verbs"], env=env, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(out)


def words_of(verb):
    """Where many may stand, all are like the last that is named."""
    words, most = verb["words"], verb["max_words"]
    return words + words[-1:] * (most - len(words)) if most > 2 else words


def commands(told):
    """The commands by their verb, None where there are no verbs: words, and options by name.

    A program without verbs has a command for each mode, which is an option."""
    found = {}
    for verb in told["verbs"]:
        one = found.setdefault(verb["verb"], {"label": verb["label"], "words": words_of(verb), "options": {}})
        for option in verb["options"] + COMMON:
            one["options"].setdefault(option["name"], option)
    return found


def kind(argument):
    """What stands there: "files", "folders", a list of words, or None: anything."""
    if re.fullmatch(r"[a-z]+(\|[a-z]+)+", argument):
        return argument.split("|")
    if re.search(r"DIR|STICK", argument):
        return "folders"
    return "files" if re.search(r"FILE|PATH|LIST|\.pb", argument) else None


def takes(command):
    return {"--" + n: kind(o["argument"]) for n, o in command["options"].items() if o["argument"]}


# ---- bash

BASH = """# {program}(1) for bash. Made of its --verbs by tools/completions.
_{name}() {{
  local word=$2 before=$3 verb= options= values= n=0 i
  [ "$before" = = ] && before=${{COMP_WORDS[COMP_CWORD - 2]}}
  [ "$word" = = ] && word=
{verb}  case $verb in
{options}  esac
  case "$verb $before" in
{values}  esac
  for ((i = {first}; i < COMP_CWORD; i++)); do
    case ${{COMP_WORDS[i]}} in
    -*)
      case "$options" in *" ${{COMP_WORDS[i]}}= "*)
        ((i++))
        [ "${{COMP_WORDS[i]}}" = = ] && ((i++))
        ;;
      esac
      ;;
    *) ((n++)) ;;
    esac
  done
  case "$values $word" in
  ' -'*) values=options ;;
  ' '*)
    case "$verb $n" in
{words}    *) values=options ;;
    esac
    ;;
  esac
  COMPREPLY=()
  case $values in
  file | directory)
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -A "$values" -- "$word")
    ;;
  options) mapfile -t COMPREPLY < <(compgen -W "${{options//= / }}" -- "$word") ;;
  none) ;;
  *) mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word") ;;
  esac
}}
complete -F _{name} {program}
"""
BASH_VERB = """  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '{verbs} --help --version --verbs' -- "$word")
    return
  fi
  verb=${{COMP_WORDS[1]}}
"""


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def bash_word(found):
    """What stands at the place: as the shell's case has it."""
    return " ".join(found) if isinstance(found, list) else {"files": "file", "folders": "directory", None: "none"}[found]


def bash(program, found):
    options, values, words = "", "", ""
    for verb, command in found.items():
        name = verb or ""
        names = "".join(f" --{n}{'=' if o['argument'] else ''}" for n, o in command["options"].items())
        options += f"  {quoted(name)}) options={quoted(names + ' ')} ;;\n"
        for option, what in takes(command).items():
            values += f"  {quoted(name + ' ' + option)}) values={quoted(bash_word(what))} ;;\n"
        for i, word in enumerate(command["words"]):
            if kind(word) is not None or verb is not None:
                words += f"    {quoted(f'{name} {i}')}) values={quoted(bash_word(kind(word)))} ;;\n"
    verbs = [v for v in found if v is not None]
    return BASH.format(
        program=program,
        name=program.replace("-", "_"),
        verb=BASH_VERB.format(verbs=" ".join(verbs)) if verbs else "",
        options=options,
        values=values,
        words=words,
        first=2 if verbs else 1,
    )


# ---- zsh


def zsh_text(text):
    return re.sub(r"([\[\]:\\])", r"\\\1", text).replace("'", "’")


def zsh_action(what):
    if isinstance(what, list):
        return "(" + " ".join(what) + ")"
    return {"files": "_files", "folders": "_files -/", None: " "}[what]


def zsh_arguments(command, indent):
    rows = []
    for name, o in command["options"].items():
        repeat = "*" if o["kind"] == "list" else ""
        what = o["argument"]
        value = f":{zsh_text(what)}:{zsh_action(kind(what))}" if what else ""
        rows.append(f"'{repeat}--{name}{'=' if what else ''}[{zsh_text(o['help'])}]{value}'")
    for i, word in enumerate(command["words"]):
        rows.append(f"'{i + 1}:{zsh_text(word)}:{zsh_action(kind(word))}'")
    return " \\\n".join(f"{indent}  {row}" for row in rows)


def zsh(program, found):
    head = f"#compdef {program}\n# {program}(1) for zsh. Made of its --verbs by tools/completions.\n"
    if None in found:
        return f"{head}_arguments \\\n{zsh_arguments(found[None], '')}\n"
    verbs = "\n".join(f"  '{v}:{zsh_text(c['label'])}'" for v, c in found.items())
    cases = "".join(
        f"  {verb})\n    _arguments \\\n{zsh_arguments(command, '    ')}\n    ;;\n" for verb, command in found.items()
    )
    common = " ".join(f"'(- *)--{o['name']}[{zsh_text(o['help'])}]'" for o in COMMON)
    return (
        f"{head}local curcontext=$curcontext state line\nlocal -a verbs=(\n{verbs}\n)\n"
        f"_arguments -C {common} '1:command:->verb' '*::word:->rest'\n"
        "case $state in\nverb) _describe command verbs ;;\nrest)\n  case $words[1] in\n"
        f"{cases}  esac\n  ;;\nesac\n"
    )


# ---- fish


def fish_value(what):
    if isinstance(what, list):
        return "-x -a " + quoted(" ".join(what))
    return {"files": "-r -F", "folders": "-x -a '(__fish_complete_directories)'", None: "-x"}[what]


def fish_text(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(program, found):
    rows = [f"# {program}(1) for fish. Made of its --verbs by tools/completions.", f"complete -c {program} -f"]
    for verb, command in found.items():
        when = "" if verb is None else f" -n '__fish_seen_subcommand_from {verb}'"
        if verb is not None:
            rows.append(f"complete -c {program} -n __fish_use_subcommand -a {verb} -d {fish_text(command['label'])}")
        for name, o in command["options"].items():
            value = " " + fish_value(kind(o["argument"])) if o["argument"] else ""
            rows.append(f"complete -c {program}{when} -l {name}{value} -d {fish_text(o['help'])}")
        kinds = {kind(word) for word in command["words"]}
        if "folders" in kinds:
            rows.append(f"complete -c {program}{when} -a '(__fish_complete_directories)'")
        if "files" in kinds:
            rows.append(f"complete -c {program}{when} -F")
    return "\n".join(rows) + "\n"


def main(path, *outs):
    told = asked(path)
    for out, make in zip(outs, (bash, zsh, fish), strict=True):
        with open(out, "w", encoding="utf-8") as file:
            file.write(make(told["program"], commands(told)))


if __name__ == "__main__":
    main(*sys.argv[1:])
