"""Trains on a node of a Ray cluster: the entrypoint of a job that was submitted through Ray's Jobs API.

TUNESMITH_REQUEST holds train.py's request, whose files lie in the working folder. Each message of train.py is one line of the job's log, behind the mark
that TUNESMITH_MARK holds: the log is all that the dashboard's port hands back. Adapters go the same way, before the message that names them:

{"type": "file", "folder", "name", "bytes", "sha256", "part", "parts", "base64"}

With TUNESMITH_PROCESSES above 1, PyTorch's own launcher (torchrun) starts this script so often, a process for each graphics card, of which the first speaks.
With TUNESMITH_NODES above 1, that launcher runs on so many nodes, each in a submission of its own. The first tells where the others find it, and waits for them:

{"type": "meeting", "address"}

The others find that address in TUNESMITH_MEETING, and their number, from 1, in TUNESMITH_NODE.
"""

import base64
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

# Before torch is loaded: threads that wait for one another sleep, because those that spin keep each other from their turn where a node has more to do.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from messages import UserError, describe  # noqa: E402
from train import train  # noqa: E402

# What an adapter is made of; anything else of a checkpoint stays on the node.
ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
# Ray's dashboard passes lines of up to 4 MiB on; a line of so many bytes takes a third more in base64.
PART = 192 * 1024
LARGEST_FILE = 512 * 1024 * 1024
# Checkpoints are sent while they and the adapter stay below this.
MOST_SENT = 2 * 1024 * 1024 * 1024


class Messages:
    """Sends messages and files over the log; what libraries print besides goes to the same log, without the mark."""

    def __init__(self, mark):
        self._mark = mark
        self._lock = threading.Lock()
        self._sent = 0

    def send(self, message):
        if message["type"] == "checkpoint":
            self._send_checkpoint(message)
        elif message["type"] == "done":
            self._send_adapter(message["adapter"], "adapter")
            self._write({**message, "adapter": "adapter"})
        else:
            self._write(message)

    def _send_checkpoint(self, message):
        folder = message["folder"]
        name = os.path.basename(folder)
        size = os.path.getsize(os.path.join(folder, ADAPTER_FILES[1]))
        # The adapter at the end needs as much again.
        if size > LARGEST_FILE or self._sent + 2 * size > MOST_SENT:
            self._write({"type": "stage", "stage": f"{name} stays on the node, where it ends with the job: so much cannot be fetched through the cluster's log"})
            return
        self._send_adapter(folder, name)
        self._write({**message, "folder": name})

    def _send_adapter(self, folder, name):
        for file in ADAPTER_FILES:
            self._send_file(os.path.join(folder, file), name, file)

    def _send_file(self, path, folder, name):
        size = os.path.getsize(path)
        if size > LARGEST_FILE:
            raise UserError("adapter_too_large", f"The adapter has {size // 1_000_000} MB; at most {LARGEST_FILE // 1_000_000} MB can be fetched from a cluster. Use a smaller LoRA rank or fewer LoRA layers.")
        self._sent += size
        with open(path, "rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            parts = max(1, -(-size // PART))
            for part in range(parts):
                text = base64.b64encode(content.read(PART)).decode("ascii")
                self._write({"type": "file", "folder": folder, "name": name, "bytes": size, "sha256": sha256, "part": part, "parts": parts, "base64": text})

    def _write(self, message):
        # A library may have left a line open, so each message begins a new one; written at once, it is not torn apart.
        line = f"\n{self._mark}{json.dumps({**message, 'at': time.time()})}\n".encode("ascii")
        with self._lock:
            while line:
                line = line[os.write(1, line) :]


def check_model_on_node(model):
    if os.path.isabs(model) and not os.path.isdir(model):
        raise UserError(
            "invalid_model",
            f"There is no model folder {model} on the cluster's node {os.uname().nodename}. Name the folder that it is on the nodes under "
            '"models" of the cluster in your settings, or use a Hugging Face id.',
        )


def share_batch(request, processes):
    """Each process takes its part of a batch, so that a step learns from as many records as one process would."""
    if request["batch_size"] % processes:
        raise UserError("invalid_hyperparameters", f"The batch size is {request['batch_size']}; {processes} training processes, one for each graphics card, share it, so it has to be a multiple of {processes}.")
    return {**request, "batch_size": request["batch_size"] // processes}


def join_processes():
    """Makes this process one of those that the launcher started; gives their number. Without it each would train alone, on everything."""
    import torch
    from accelerate import PartialState

    has_cards = torch.cuda.is_available()
    if has_cards:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    else:
        os.environ["ACCELERATE_USE_CPU"] = "true"
    found, started = PartialState(cpu=not has_cards).num_processes, int(os.environ["WORLD_SIZE"])
    if found != started:
        raise UserError("launcher_failed", f"Of {started} training processes each found {found}. Train on one node with one graphics card.")
    return started


def run_training(messages, output):
    """The training of this process; gives its exit code."""
    request = json.loads(os.environ["TUNESMITH_REQUEST"])
    try:
        check_model_on_node(request["model"])
        for key in ("training_file", "validation_file"):
            if request.get(key):
                request[key] = os.path.abspath(request[key])
        if "LOCAL_RANK" in os.environ:
            request = share_batch(request, join_processes())
        train({**request, "output": output}, messages.send)
    except BaseException as error:  # noqa: BLE001 - whatever ends the training is told, then it ends
        traceback.print_exc()
        messages.send(describe(in_words(error), output))
        return 1
    return 0


def in_words(error):
    """What an environment lacks is for the user's settings to mend."""
    if not isinstance(error, ModuleNotFoundError):
        return error
    return UserError(
        "cluster_environment",
        f"The Python of the node ({sys.executable}) has no module {error.name}. Name one with TRL, PEFT and datasets as "
        '"python" of the cluster in your settings, or all that is needed as its "packages".',
    )


class Silence:
    """In place of the messages of all processes but the first."""

    def send(self, message):
        pass


def launch(processes, nodes, output):
    """Starts this script once for each graphics card of this node; gives the exit code."""
    place = ["--standalone"] if nodes == 1 else meeting(nodes)
    command = [sys.executable, "-m", "torch.distributed.run", *place, f"--nproc-per-node={processes}", os.path.abspath(__file__)]
    return subprocess.call(command, env={**os.environ, "TUNESMITH_OUTPUT": output})


def meeting(nodes):
    """The launcher's options by which the nodes find each other; the first node tells its address."""
    node = int(os.environ.get("TUNESMITH_NODE", "0"))
    address = os.environ.get("TUNESMITH_MEETING")
    if node == 0:
        address = f"{own_address()}:{free_port()}"
        Messages(os.environ["TUNESMITH_MARK"]).send({"type": "meeting", "address": address})
    host, port = address.rsplit(":", 1)
    return [f"--nnodes={nodes}", f"--node-rank={node}", f"--master-addr={host}", f"--master-port={port}"]


def own_address():
    """The address of this node on the network that Ray's own address is on."""
    head = os.environ.get("RAY_ADDRESS", "").rsplit(":", 1)[0] or "127.0.0.1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: it asks the system which of its addresses it would be sent from.
        probe.connect((head, 9))
        return probe.getsockname()[0]


def free_port():
    with socket.socket() as probe:
        probe.bind(("", 0))
        return probe.getsockname()[1]


def main():
    if "LOCAL_RANK" in os.environ:
        first = os.environ["RANK"] == "0"
        code = run_training(Messages(os.environ["TUNESMITH_MARK"]) if first else Silence(), os.environ["TUNESMITH_OUTPUT"])
    else:
        output = tempfile.mkdtemp(prefix="tunesmith-")
        processes = int(os.environ.get("TUNESMITH_PROCESSES", "1"))
        nodes = int(os.environ.get("TUNESMITH_NODES", "1"))
        code = launch(processes, nodes, output) if processes * nodes > 1 else run_training(Messages(os.environ["TUNESMITH_MARK"]), output)
        shutil.rmtree(output, ignore_errors=True)
    sys.stderr.flush()
    sys.stdout.flush()
    # At once: threads of the libraries must not keep the process.
    os._exit(code)


if __name__ == "__main__":
    main()
