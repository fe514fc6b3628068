#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Uses a Jupyter Server as a person would: starts kernels, runs cells, types into terminals.

    jupyter_kernel.py URL start                start a kernel over REST, without any client
    jupyter_kernel.py URL run [--wait] CODE    start a kernel, run a cell; return once it is busy, or (--wait) done
    jupyter_kernel.py URL terminal TEXT        open a terminal, type a line, wait for what it prints
    jupyter_kernel.py URL delete KERNEL        end a kernel

URL is the server's base, such as http://127.0.0.1:8888/prefix/; the token is read from $JUPYTER_TOKEN. The result is one
JSON object on standard output: {"kernel": ID, "state": "busy"} or {"terminal": NAME}. Every wait is bounded.
"""

import argparse
import json
import os
import uuid

import requests
import websocket

PATIENCE = 30


class Server:
    def __init__(self, url, token):
        self.url = url if url.endswith("/") else url + "/"
        self.headers = {"Authorization": f"token {token}"}

    def call(self, method, path, **arguments):
        reply = requests.request(method, self.url + path, headers=self.headers, timeout=PATIENCE, **arguments)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def connect(self, path):
        address = "ws" + self.url.removeprefix("http") + path
        return websocket.create_connection(address, header=self.headers, timeout=PATIENCE)

    def start_kernel(self):
        return self.call("POST", "api/kernels", json={"name": "python3"})["id"]


def message(kind, content):
    header = {
        "msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": uuid.uuid4().hex, "version": "5.3",
    }
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}


def states(socket, request):
    """The execution states that the kernel reports while it works on one request."""
    socket.send(json.dumps(request))
    while True:
        reply = json.loads(socket.recv())
        if reply["parent_header"].get("msg_id") != request["header"]["msg_id"]:
            continue
        if reply["header"]["msg_type"] == "status":
            yield reply["content"]["execution_state"]


def run(server, code, wait):
    kernel = server.start_kernel()
    socket = server.connect(f"api/kernels/{kernel}/channels")
    for state in states(socket, message("kernel_info_request", {})):
        if state == "idle":
            break
    request = message(
        "execute_request",
        {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False})
    for state in states(socket, request):
        if state == ("idle" if wait else "busy"):
            socket.close()
            return {"kernel": kernel, "state": state}


def type_line(server, text):
    name = server.call("POST", "api/terminals")["name"]
    socket = server.connect(f"terminals/websocket/{name}")
    end = uuid.uuid4().hex
    # The marker is put together by the shell, so that the echo of what was typed is not taken for the answer.
    socket.send(json.dumps(["stdin", f"{text}; echo {end[:16]}''{end[16:]}\r"]))
    seen = ""
    while end not in seen:
        kind, *rest = json.loads(socket.recv())
        if kind == "stdout":
            seen += rest[0]
    socket.close()
    return {"terminal": name}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("start")
    cell = verbs.add_parser("run")
    cell.add_argument("--wait", action="store_true")
    cell.add_argument("code")
    verbs.add_parser("terminal").add_argument("text")
    verbs.add_parser("delete").add_argument("kernel")
    arguments = parser.parse_args()
    server = Server(arguments.url, os.environ["JUPYTER_TOKEN"])
    match arguments.verb:
        case "start":
            result = {"kernel": server.start_kernel(), "state": "starting"}
        case "run":
            result = run(server, arguments.code, arguments.wait)
        case "terminal":
            result = type_line(server, arguments.text)
        case "delete":
            server.call("DELETE", f"api/kernels/{arguments.kernel}")
            result = {"kernel": arguments.kernel, "state": "deleted"}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
