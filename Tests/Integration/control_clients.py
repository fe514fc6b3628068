#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Clients of the control socket that no library would be; prints one JSON object.

    control_clients.py crowd SOCKET COUNT        half of COUNT connections get stuck, the others ask; gives their replies
    control_clients.py as SOCKET UID GID METHOD PATH    one request of another user; gives the status, 0 when not let in
"""

import json
import os
import socket
import sys
import threading
import time


def connect(path):
    client = socket.socket(socket.AF_UNIX)
    # Waiting, because a client that does not wait is turned away by the kernel while others are being let in.
    client.connect(path)
    client.settimeout(200)
    return client


def ask(client, method, path):
    body = b"{}" if method == "POST" else b""
    head = f"{method} {path} HTTP/1.1\r\nHost: curfew\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    client.sendall(head.encode() + body)
    return read_reply(client)


def read_reply(client):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(65536)
        if not piece:
            return 0
        data += piece
    head, rest = data.split(b"\r\n\r\n", 1)
    lines = head.decode().lower().split("\r\n")
    left = sum(int(line.split(":")[1]) for line in lines if line.startswith("content-length:")) - len(rest)
    while left > 0:
        left -= len(client.recv(min(left, 65536)) or b"x" * left)
    return int(lines[0].split(" ")[1])


def get_stuck(path, number):
    """Three ways: half a request, a large reply that nobody reads, events that nobody reads."""
    client = connect(path)
    try:
        if number % 3 == 0:
            client.sendall(b"GET /v1/status HTTP/1.1\r\nHost: cur")
        elif number % 3 == 1:
            client.sendall(b"GET /v1/status HTTP/1.1\r\nHost: curfew\r\n\r\n" * 50)
        else:
            client.sendall(b"GET /v1/events HTTP/1.1\r\nHost: curfew\r\n\r\n")
    except OSError:
        pass  # Turned away before it had asked.
    return client


def crowd(path, count):
    stuck = [get_stuck(path, number) for number in range(count // 2)]
    replies, longest = [], 0.0
    lock = threading.Lock()

    def work():
        nonlocal longest
        client = connect(path)
        for _ in range(2):
            began = time.monotonic()
            status = ask(client, "GET", "/v1/status")
            with lock:
                replies.append(status)
                longest = max(longest, time.monotonic() - began)
        client.close()

    threads = [threading.Thread(target=work) for _ in range(count - count // 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Whoever is stuck is hung up on: then reading ends.
    hung_up = 0
    for client in stuck:
        try:
            while client.recv(1 << 20):
                pass
        except OSError:
            pass
        else:
            hung_up += 1
        client.close()
    return {"replies": len(replies), "good": replies.count(200), "longest": round(longest * 1000), "hungUp": hung_up}


def ask_as(path, user, group, method, address):
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
    try:
        return {"status": ask(connect(path), method, address)}
    except PermissionError:
        return {"status": 0}


if sys.argv[1] == "crowd":
    print(json.dumps(crowd(sys.argv[2], int(sys.argv[3]))))
else:
    print(json.dumps(ask_as(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], sys.argv[6])))
