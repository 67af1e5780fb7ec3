"""Answers conversations with a base model and its adapters, and scores files and conversations; what waits is answered and scored together.

Requests: {"type": "answer", "id", "base", "adapter"?, "messages", "temperature", "top_p", "maximum_tokens", "seed"?, "stop", "top_logprobs"?},
          {"type": "score", "id", "base", "adapter"?, "file", "offset", "line"}, {"type": "score_messages", "id", "base", "adapter"?, "messages", "tools"?}, {"type": "cancel", "id"}
Messages: {"type": "token", "id", "text", "logprobs"?}, {"type": "scored", "id", "records", "offset", "line", "ended"}, {"type": "scored_messages", "id", "loss", "truncated", "tokens"},
          {"type": "done", "id", "finish_reason", "prompt_tokens", "completion_tokens"}, {"type": "error", "id", "code", "message"}
`finish_reason` is "stop", "length" or "cancelled".
"""

import queue
import traceback

from messages import describe, end_with_parent, take_standard_output

LARGEST_BATCH = 16

# Seconds without a further request after which a batch begins. Clients that answer each other's place come within it,
# so that a batch of many is not followed by a batch of one.
GATHERING = 0.02


def batch_key(request):
    """Requests with the same key can be answered together: one model, one way to choose tokens. A file is scored alone.

    A request with a seed of its own is sampled alone, since its answer would depend on its neighbours otherwise.
    """
    if request["type"] == "score":
        return (request["id"],)
    if request["type"] == "score_messages":
        return (request["base"], request.get("adapter"), "score_messages")
    sampled = request["temperature"] > 0
    alone = request["id"] if sampled and request.get("seed") is not None else None
    return (request["base"], request.get("adapter"), request["temperature"], request["top_p"] if sampled else None, alone)


def gather(waiting, incoming):
    """Move what has come from `incoming` to `waiting`, until nothing comes for a moment or a batch is full; blocks while there is nothing at all."""
    if not waiting:
        waiting.append(incoming.get())
    try:
        while len(waiting) < LARGEST_BATCH:
            waiting.append(incoming.get(timeout=GATHERING))
    except queue.Empty:
        pass


def take_batch(waiting):
    """The oldest waiting request and the next ones that can be answered with it."""
    key = batch_key(waiting[0])
    batch = [request for request in waiting if batch_key(request) == key][:LARGEST_BATCH]
    waiting[:] = [request for request in waiting if not any(request is taken for taken in batch)]
    return batch


def main():
    messages = take_standard_output()
    incoming = queue.Queue()
    cancelled = set()
    unanswered = set()

    def receive(message):
        if message["type"] == "cancel":
            # A cancellation may cross the answer's end.
            if message["id"] in unanswered:
                cancelled.add(message["id"])
        else:
            unanswered.add(message["id"])
            incoming.put(message)

    def send(message):
        if message["type"] in ("done", "scored", "scored_messages", "error"):
            unanswered.discard(message["id"])
            cancelled.discard(message["id"])
        messages(message)

    end_with_parent(receive)
    from answer import answer_batch
    from base import Base
    from score import score_chunk, score_messages

    base = None
    waiting = []
    while True:
        gather(waiting, incoming)
        batch = take_batch(waiting)
        for request in batch:
            if request["id"] in cancelled:
                send({"type": "done", "id": request["id"], "finish_reason": "cancelled", "prompt_tokens": 0, "completion_tokens": 0})
        batch = [request for request in batch if request["id"] in unanswered]
        try:
            if batch and (base is None or base.name != batch[0]["base"]):
                # The old model goes before the new one comes, so that never two are in memory.
                base = None
                base = Base(batch[0]["base"])
            if batch and batch[0]["type"] == "score":
                score_chunk(base, batch[0], cancelled, send)
            elif batch and batch[0]["type"] == "score_messages":
                score_messages(base, batch, cancelled, send)
            elif batch:
                answer_batch(base, batch, cancelled, send)
        except Exception as error:  # noqa: BLE001 - every request gets an answer, be it an error
            traceback.print_exc()
            for request in batch:
                if request["id"] in unanswered:
                    send({**describe(error), "id": request["id"]})


if __name__ == "__main__":
    main()
