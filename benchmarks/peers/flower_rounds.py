"""Rounds of Flower without training: answers each number of rounds with the median of their seconds.

Two nodes on this machine, 390,606 parameters in one array: with an array for each layer a round takes longer.
"""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

APP = Path(__file__).with_name("flower")
PROGRAMS = Path(sys.executable).parent
PATIENCE_SECONDS = 60

CONFIG = """
[superlink]
default = "here"

[superlink.here]
address = "127.0.0.1:{port}"
insecure = true
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port):
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def end_group(process):
    """Flower's programs start others, which are in the group of the first."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def median_round(rounds):
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, ExitStack() as running:
        Path(home, "config.toml").write_text(CONFIG.format(port=port))
        path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PATH": path, "FLWR_HOME": home, "FLWR_TELEMETRY_ENABLED": "0"}

        def start(program, *options):
            quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            command = [PROGRAMS / program, "--insecure", *options]
            process = subprocess.Popen(command, env=env, cwd=home, start_new_session=True, **quiet)
            running.callback(end_group, process)

        start("flower-superlink", "--disable-runtime-dependency-installation", "--port", str(port))
        wait_for(port)
        for _ in range(2):
            start("flower-supernode", "--superlink", f"127.0.0.1:{port}", "--port", str(free_port()))
        command = [PROGRAMS / "flwr", "run", APP, "here", "--stream", "--run-config", f"rounds={rounds}"]
        run = subprocess.run(command, env=env, cwd=home, capture_output=True, text=True)
        begins = [float(begin) for begin in re.findall(r"^BEGIN (\S+)", run.stdout + run.stderr, re.MULTILINE)]
        if len(begins) != rounds:
            raise RuntimeError(f"{len(begins)} of {rounds} rounds:\n{run.stdout}\n{run.stderr}")
        return statistics.median(later - earlier for earlier, later in zip(begins, begins[1:]))


for line in sys.stdin:
    print(median_round(int(line)), flush=True)
