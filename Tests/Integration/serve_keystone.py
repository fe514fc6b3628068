#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a Keystone, the identity service that IAM is, until standard input ends.

Everything lies in a temporary folder: the SQLite database, the keys that tokens are made with, the configuration. When it
listens, one line of JSON tells its address, and the domain, project and user that were made. The user's password comes
in the variable KEYSTONE_PASSWORD. A test holds the other end of standard input; however the test ends, this ends too and
takes its folder along.
"""

import argparse
import concurrent.futures
import json
import multiprocessing
import os
import pathlib
import signal
import sys
import tempfile
import threading
import uuid
import wsgiref.simple_server

# Five wrong passwords lock the user, as they do in the cloud. Four rounds of bcrypt are its minimum.
CONFIGURATION = """
[DEFAULT]
use_stderr = true
default_log_levels = keystone=ERROR,oslo=ERROR
[database]
connection = sqlite:///{folder}/keystone.db
[token]
provider = fernet
expiration = {lifetime}
[fernet_tokens]
key_repository = {folder}/fernet
[fernet_receipts]
key_repository = {folder}/fernet
[credential]
key_repository = {folder}/credential
[identity]
password_hash_rounds = 4
[security_compliance]
lockout_failure_attempts = 5
lockout_duration = 300
"""


def end_with_standard_input():
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


class QuietHandler(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *_):
        pass


def make_keys():
    from keystone.common import fernet_utils

    for name, setting in [("fernet", "fernet_tokens"), ("credential", "credential")]:
        keys = fernet_utils.FernetUtils(os.path.join(arguments.folder, name), 3, setting)
        keys.create_key_directory()
        keys.initialize_key_repository()


def make_tables():
    """Makes the tables as the models declare them: what the migrations lead to, in a fraction of their time."""
    from keystone.common.sql import core

    with core.session_for_write() as session:
        core.ModelBase.metadata.create_all(session.get_bind())


def make_user(admin):
    """A domain with a project, and a user who may do something in it."""
    from keystone.common.provider_api import ProviderAPIs

    admin.admin_username, admin.admin_password = "admin", uuid.uuid4().hex
    admin.project_name, admin.admin_role_name = "admin", "admin"
    admin.bootstrap()
    domain, project = uuid.uuid4().hex, uuid.uuid4().hex
    ProviderAPIs.resource_api.create_domain(domain, {"id": domain, "name": "acme", "enabled": True})
    ProviderAPIs.resource_api.create_project(
        project, {"id": project, "name": "eu-de", "domain_id": domain, "enabled": True}
    )
    user = ProviderAPIs.identity_api.create_user(
        {"name": "ci-user", "domain_id": domain, "password": os.environ["KEYSTONE_PASSWORD"], "enabled": True}
    )
    ProviderAPIs.assignment_api.add_role_to_user_and_project(user["id"], project, admin.member_role_id)
    return {"domain": "acme", "project": project, "user": "ci-user"}


def prepare():
    """Fills the folder; in a process of its own, because Keystone can be set up once in each."""
    import keystone.server

    keystone.server.configure(config_files=[os.path.join(arguments.folder, "keystone.conf")])
    # The token provider wants its keys when it is loaded, and the tables are known when all is.
    make_keys()
    from keystone.cmd import bootstrap

    admin = bootstrap.Bootstrapper()
    make_tables()
    return make_user(admin)


def serve(made):
    os.environ["OS_KEYSTONE_CONFIG_DIR"] = arguments.folder
    from keystone.server import wsgi

    application = wsgi.initialize_public_application()
    with wsgiref.simple_server.make_server("127.0.0.1", 0, application, handler_class=QuietHandler) as server:
        print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", **made}), flush=True)
        server.serve_forever()


parser = argparse.ArgumentParser()
parser.add_argument("--lifetime", type=int, default=3600, help="of a token, in seconds")
arguments = parser.parse_args()
# Keystone reads the command line, too.
del sys.argv[1:]
# A program started from a worker thread may inherit its blocked signals, and would never hear SIGTERM.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with tempfile.TemporaryDirectory(prefix="curfew-keystone-") as arguments.folder:
    configuration = CONFIGURATION.format(folder=arguments.folder, lifetime=arguments.lifetime)
    pathlib.Path(arguments.folder, "keystone.conf").write_text(configuration)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as child:
        made = child.submit(prepare).result()
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    serve(made)
