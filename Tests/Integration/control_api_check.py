#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Holds the running daemon to docs/control-api.yaml: schemathesis asks it what the document allows, and what it does not.

    control_api_check.py SOCKET DOCUMENT

It ends with the code of schemathesis. The same requests come each time; SOCKET is reached through a port of loopback.
"""

import os
import socket
import subprocess
import sys
import threading


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # One end has gone, and the other hears of it.
    finally:
        source.close()


def relay(listener, path):
    while True:
        client, _ = listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(path)
        threading.Thread(target=copy, args=(client, server), daemon=True).start()

        def back(server=server, client=client):
            copy(server, client)
            client.close()

        threading.Thread(target=back, daemon=True).start()


path, document = sys.argv[1:]
listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=relay, args=(listener, path), daemon=True).start()
program = os.path.join(os.path.dirname(sys.executable), "schemathesis")
configuration = os.path.join(os.path.dirname(__file__), "schemathesis.toml")
command = [program, "--config-file", configuration, "run", document, "--url", f"http://127.0.0.1:{listener.getsockname()[1]}", "--no-color"]
# Events never end, and are tested on their own.
command += ["--exclude-path", "/v1/events", "--phases", "examples,coverage,fuzzing", "--checks", "all"]
command += ["--max-examples", "20", "--seed", "1", "--generation-deterministic", "--request-timeout", "60"]
sys.exit(subprocess.run(command, check=False).returncode)
