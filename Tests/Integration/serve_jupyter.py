#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a Jupyter Server until standard input ends, so that no server outlives the test that started it.

Takes the arguments of `jupyter-server`. A test holds the other end of standard input; however the test ends, the server
and its kernels end with it.
"""

import os
import signal
import sys
import threading

from jupyter_server.serverapp import main


def end_with_standard_input():
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


# A program started from a worker thread may inherit its blocked signals, and would never hear SIGTERM.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
threading.Thread(target=end_with_standard_input, daemon=True).start()
sys.exit(main())
