"""Scores the records of a file: what the model makes of each answer, token by token."""

import json

import torch

from model import longest_input
from records import NOT_LEARNED, encode

# A record is cut at so many tokens, as in training.
LONGEST_RECORD = 4096
# One chunk has at most so many records, and is full with so many tokens: other requests wait no longer.
MOST_RECORDS = 16
ENOUGH_TOKENS = 1024
# Log probabilities are computed of so many positions at once: of a vocabulary of 50 000 they take 50 MB.
POSITIONS = 256


def score_chunk(base, request, cancelled, send):
    """Score the records of a file from a byte offset on, until the chunk is full; tells where the next one begins."""
    model = base.model
    longest = longest_input(model.config, LONGEST_RECORD)
    records, tokens, line = [], 0, request["line"]
    with open(request["file"], "rb") as file, base.choose(request.get("adapter")):
        file.seek(request["offset"])
        while len(records) < MOST_RECORDS and tokens < ENOUGH_TOKENS and request["id"] not in cancelled:
            text = file.readline()
            if not text:
                break
            line += 1
            if text.strip():
                score, length = score_line(base, text, longest)
                records.append({"line": line, **score})
                tokens += length
        offset = file.tell()
        ended = not file.read(1)
    send({"type": "scored", "id": request["id"], "records": records, "offset": offset, "line": line, "ended": ended})


def score_line(base, text, longest):
    """The score of one line and how many tokens it took; a line that cannot be scored says why."""
    try:
        record = json.loads(text.decode("utf-8-sig"))
        row = encode(base.tokenizer, record)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        return {"error": f"It is no chat record: {type(error).__name__}: {error}."}, 0
    except Exception as error:  # noqa: BLE001 - chat templates refuse with exceptions of their own
        return {"error": f"The model's chat template cannot take it: {error}"}, 0
    ids, labels = row["input_ids"][:longest], row["labels"][:longest]
    # The first token has nothing before it to be told from.
    places = [at for at, label in enumerate(labels) if label != NOT_LEARNED and at > 0]
    scored = [base.texts.show(labels[at], logprob) for at, logprob in zip(places, logprobs_of(base.model, ids, places))]
    loss = -sum(token["logprob"] for token in scored) / len(scored) if scored else None
    return {"loss": loss, "truncated": len(row["input_ids"]) > longest, "tokens": scored}, len(ids)


def logprobs_of(model, ids, places):
    """The log probability of the token at each place, given all before it."""
    if not places:
        return []
    with torch.inference_mode():
        inputs = torch.tensor([ids], device=model.device)
        logits = model(input_ids=inputs, use_cache=False).logits[0]
        found = []
        for first in range(0, len(places), POSITIONS):
            part = torch.tensor(places[first : first + POSITIONS], device=model.device)
            found += logits[part - 1].float().log_softmax(-1).gather(1, inputs[0, part].unsqueeze(1)).squeeze(1).tolist()
        return found
