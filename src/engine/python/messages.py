"""What the engine's Python processes have in common: JSON lines on standard output, and an end when nobody listens."""

import json
import os
import sys
import threading


def take_standard_output():
    """Keep the real standard output for messages; whatever a library prints goes to standard error.

    Gives the function that sends one message.
    """
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    lock = threading.Lock()

    def send(message):
        with lock:
            lines.write(json.dumps(message, ensure_ascii=False) + "\n")
            lines.flush()

    return send


def end_with_parent(receive=lambda message: None):
    """Hand every message from standard input to `receive`, and end this process at once when it closes: a killed engine leaves no orphan."""

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


def describe(error):
    """An exception as a message of type `error`."""
    if isinstance(error, UserError):
        return {"type": "error", "code": error.code, "message": str(error)}
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError) or "out of memory" in text.lower() or "can't allocate memory" in text.lower():
        return {
            "type": "error",
            "code": "out_of_memory",
            "message": "The machine's memory is not enough. Use a smaller model, a smaller batch size or shorter records.",
        }
    if isinstance(error, OSError) and error.errno == 28:
        return {"type": "error", "code": "disk_full", "message": "The disk is full. Free some space and start again."}
    return {"type": "error", "code": "unexpected", "message": text}
