# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Types a command line into a real interactive shell, presses the tabulator twice and looks at what is offered.

Usage: complete_in_shell.py zsh|fish COMPLETIONS LINE WORD...

COMPLETIONS is the file with curfew's completions; PATH leads to curfew. Ends with 0 once every word was shown behind the
line, with 1 and what was shown instead after a minute.
"""

import os
import pty
import re
import select
import shutil
import sys
import tempfile
import time

shell, completions, line, *words = sys.argv[1:]
PATIENCE = 60
PROMPT = "ready-to-type"
# What moves the cursor and colours text, and the titles of windows.
CONTROL = re.compile(rb"\x1b\][^\x07]*\x07|\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\([B0]")


def arguments(folder):
    if shell == "fish":
        begin = f"source '{completions}'; function fish_prompt; echo -n '{PROMPT}> '; end"
        return ["fish", "--no-config", "--interactive", "--init-command", begin]
    shutil.copy(completions, os.path.join(folder, "_curfew"))
    with open(os.path.join(folder, ".zshrc"), "w", encoding="utf-8") as file:
        file.write(f"fpath=('{folder}' $fpath); autoload -U compinit; compinit -u -D; setopt nobeep; PS1='{PROMPT}> '\n")
    return ["zsh", "--interactive"]


def read_until(terminal, wanted, end):
    """What was shown until all of it is there; for an answer that never comes, until the end."""
    shown = b""
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            shown += piece
            # fish asks what terminal this is, and waits for the answer.
            if b"\x1b[c" in piece:
                os.write(terminal, b"\x1b[?62c")
        text = CONTROL.sub(b"", shown).decode("utf-8", "replace")
        if all(word in text for word in wanted):
            return text, True
    return CONTROL.sub(b"", shown).decode("utf-8", "replace"), False


with tempfile.TemporaryDirectory() as folder:
    command = arguments(folder)
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update({"TERM": "xterm", "COLUMNS": "200", "ZDOTDIR": folder, "HOME": folder})
        os.execvp(command[0], command)
    end = time.monotonic() + PATIENCE
    text, isThere = read_until(terminal, [PROMPT], end)
    if isThere:
        os.write(terminal, f"{line}\t\t".encode())
        text, isThere = read_until(terminal, words, end)
    os.kill(process, 9)
    os.waitpid(process, 0)

print(text)
sys.exit(0 if isThere else 1)
