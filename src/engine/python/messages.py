"""What the engine's Python processes have in common: JSON lines on standard output, and an end when nobody listens."""

import errno
import json
import os
import shutil
import signal
import sys
import threading

# With less free disk than this, a failure is taken to be for want of disk.
SMALLEST_FREE = 16 * 1024 * 1024


def take_standard_output():
    """Keep the real standard output for messages; whatever a library prints goes to standard error.

    Gives the function that sends one message.
    """
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    lock = threading.Lock()

    def send(message):
        with lock:
            lines.write(json.dumps(message) + "\n")
            lines.flush()

    return send


def end_with_parent(receive=lambda message: None):
    """Hand every message from standard input to `receive`, and end this process at once when it closes: a killed engine leaves no orphan.

    An interrupt from the terminal reaches every process of the group; whether to end is the engine's decision alone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait():
        for line in sys.stdin.buffer:
            receive(json.loads(line))
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


class UserError(Exception):
    """A failure that the user can mend; `code` is a word for programs, the text is for people."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def describe(error, folder=None):
    """An exception as a message of type `error`. `folder` is where the process writes, to tell a full disk by."""
    if isinstance(error, UserError):
        return {"type": "error", "code": error.code, "message": str(error)}
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError) or "out of memory" in text.lower() or "can't allocate memory" in text.lower():
        return {
            "type": "error",
            "code": "out_of_memory",
            "message": "The machine's memory is not enough. Use a smaller model, a smaller batch size or shorter records.",
        }
    if is_disk_full(error, text, folder):
        where = f" of {folder}" if folder else ""
        return {"type": "error", "code": "disk_full", "message": f"The disk{where} is full. Free some space and start again."}
    return {"type": "error", "code": "unexpected", "message": text}


def is_disk_full(error, text, folder):
    """Libraries hide the system's error number behind their own exceptions, so the text and the disk are asked too."""
    if getattr(error, "errno", None) == errno.ENOSPC or "no space left" in text.lower() or "os error 28" in text:
        return True
    return folder is not None and os.path.isdir(folder) and shutil.disk_usage(folder).free < SMALLEST_FREE
