#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Tries what the daemon needs and what its unit forbids, from inside the unit; prints one JSON object.

    sandbox_probe.py PORT          PORT listens on 127.0.0.1
"""

import json
import os
import socket
import sqlite3
import sys


def outcome(attempt):
    try:
        return attempt() or "done"
    except (OSError, sqlite3.Error) as error:
        return type(error).__name__


def database():
    """What a ledger does: a write-ahead log, which needs shared memory and locks."""
    connection = sqlite3.connect(os.path.join(os.environ["STATE_DIRECTORY"], "probe.db"))
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    connection.execute("CREATE TABLE IF NOT EXISTS entries (text)")
    with connection:
        connection.execute("INSERT INTO entries VALUES ('kept')")
    connection.close()
    return mode


def listen_on_path():
    with socket.socket(socket.AF_UNIX) as server:
        path = os.path.join(os.environ["RUNTIME_DIRECTORY"], "probe.sock")
        server.bind(path)
        server.listen()
        os.unlink(path)


def listen_on_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()


def connect():
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=60).close()


def send_to_group():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"probe", ("224.0.0.251", 9))


def write(path):
    with open(path, "w", encoding="ascii") as file:
        file.write("probe")


def secrets():
    return sorted(os.listdir(os.environ["CREDENTIALS_DIRECTORY"]))


print(
    json.dumps(
        {
            "user": "root" if os.getuid() == 0 else "other",
            "secrets": ",".join(secrets()),
            "database": outcome(database),
            "listenOnPath": outcome(listen_on_path),
            "listenOnPort": outcome(listen_on_port),
            "connect": outcome(connect),
            "sendToGroup": outcome(send_to_group),
            "writePolicy": outcome(lambda: write("/etc/curfew/policy.yaml")),
            "writeProgram": outcome(lambda: write("/usr/local/bin/curfew")),
            "seeHomes": outcome(lambda: os.listdir("/root") and None),
            "seeProcesses": str(len([name for name in os.listdir("/proc") if name.isdigit()]) > 3),
            "rawSocket": outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close()),
            "packetSocket": outcome(lambda: socket.socket(socket.AF_PACKET).close()),
            "becomeRoot": outcome(lambda: os.setuid(0)),
        }
    )
)
