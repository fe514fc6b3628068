#!/bin/bash
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
#
# with-journald.sh COMMAND…: runs the command with a journald of its own and exits with the command's status.
#
# The journal lives in a private mount namespace, in memory, on a /run of its own; nothing of this machine's journal is
# read or written, and nothing is left behind. Inside, `journalctl` shows the records of the command only. Needs root.
set -euo pipefail

journald=/lib/systemd/systemd-journald

if [[ ${1-} != --inside ]]; then
    if [[ $# -eq 0 ]]; then
        echo "usage: with-journald.sh COMMAND…" >&2
        exit 64
    fi
    if [[ $EUID -ne 0 ]]; then
        echo "with-journald.sh: needs root, for a mount namespace" >&2
        exit 77
    fi
    exec unshare --mount --propagation private -- "$0" --inside "$@"
fi
shift

mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/systemd/journal /run/log/journal /run/systemd/journald.conf.d
cat >/run/systemd/journald.conf.d/alone.conf <<'CONF'
[Journal]
Storage=volatile
ReadKMsg=no
Audit=no
ForwardToSyslog=no
ForwardToWall=no
RateLimitBurst=0
CONF

# Ends with this shell, however that ends.
setpriv --pdeathsig TERM "$journald" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT

# A loaded machine may take its time.
for ((tries = 0; tries < 2400; tries++)); do
    [[ -S /run/systemd/journal/socket && -S /run/systemd/journal/io.systemd.journal ]] && break
    if ! kill -0 "$server" 2>/dev/null; then
        echo "with-journald.sh: journald ended" >&2
        exit 70
    fi
    sleep 0.05
done
if [[ ! -S /run/systemd/journal/socket ]]; then
    echo "with-journald.sh: journald did not start within 2 min" >&2
    exit 70
fi

status=0
"$@" || status=$?
journalctl --sync
exit "$status"
