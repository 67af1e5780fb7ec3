"""Answers conversations with a base model and its adapters; requests that wait are answered together.

Requests:  {"type": "answer", "id", "base", "adapter"?, "messages", "temperature", "top_p", "maximum_tokens", "seed"?, "stop"}, {"type": "cancel", "id"}
Messages:  {"type": "token", "id", "text"}, {"type": "done", "id", "finish_reason", "prompt_tokens", "completion_tokens"},
           {"type": "error", "id", "code", "message"}
"""

import queue

from answer import answer_batch
from messages import describe, end_with_parent, take_standard_output

LARGEST_BATCH = 16


def batch_key(request):
    """Requests with the same key can be answered together: one model, one way to choose tokens."""
    sampled = request["temperature"] > 0
    return (request["base"], request.get("adapter"), request["temperature"], request["top_p"], request.get("seed") if sampled else None)


def take_batch(waiting, incoming):
    """The oldest waiting request and the next ones that can be answered with it; waits for one when there is none."""
    if not waiting:
        waiting.append(incoming.get())
    while not incoming.empty():
        waiting.append(incoming.get())
    key = batch_key(waiting[0])
    batch = [request for request in waiting if batch_key(request) == key][:LARGEST_BATCH]
    for request in batch:
        waiting.remove(request)
    return batch


def main():
    send = take_standard_output()
    incoming = queue.Queue()
    cancelled = set()

    def receive(message):
        if message["type"] == "cancel":
            cancelled.add(message["id"])
        else:
            incoming.put(message)

    end_with_parent(receive)
    waiting = []
    while True:
        batch = take_batch(waiting, incoming)
        try:
            answer_batch(batch, cancelled, send)
        except Exception as error:  # noqa: BLE001 - every request gets an answer, be it an error
            for request in batch:
                send({**describe(error), "id": request["id"]})
        cancelled.difference_update(request["id"] for request in batch)


if __name__ == "__main__":
    main()
