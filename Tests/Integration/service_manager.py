#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Stands in for the service manager: owns $NOTIFY_SOCKET, runs a command and writes what the command says.

    service_manager.py WATCHDOG_USEC COMMAND…

Each message is one JSON line on standard error: {"at": SECONDS, "message": TEXT}. The command's own output goes to the
same place; the first message is BEGIN, just before the start. Signals are passed on; the exit status is the command's.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time


def main():
    watchdog, *command = sys.argv[1:]
    # The parent may be a thread that blocks signals, and the mask is inherited.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "notify")
        server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        server.bind(path)
        environment = dict(os.environ, NOTIFY_SOCKET=path, WATCHDOG_USEC=watchdog)
        environment.pop("WATCHDOG_PID", None)
        print(json.dumps({"at": time.monotonic(), "message": "BEGIN"}), file=sys.stderr, flush=True)
        child = subprocess.Popen(command, env=environment)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, lambda number, _: child.send_signal(number))

        def listen():
            while True:
                message = server.recv(65536).decode()
                print(json.dumps({"at": time.monotonic(), "message": message}), file=sys.stderr, flush=True)

        threading.Thread(target=listen, daemon=True).start()
        status = child.wait()
        time.sleep(0.1)
        sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
