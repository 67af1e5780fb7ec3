"""Scores given answers: what the model makes of each, token by token. They come as the records of a file, or as conversations of requests."""

import json

import torch

from messages import UserError, describe
from model import longest_input
from records import NOT_LEARNED, encode

# A record is cut at so many tokens, as in training.
LONGEST_RECORD = 4096
# One chunk has at most so many records, and is full with so many tokens: other requests wait no longer.
MOST_RECORDS = 16
ENOUGH_TOKENS = 1024
# Conversations are computed together while they have so many tokens, padding included: of a vocabulary of 50 000 their logits take 400 MB.
TOGETHER = 2048
# Log probabilities are computed of so many positions at once: of a vocabulary of 50 000 they take 50 MB.
POSITIONS = 256


def score_chunk(base, request, cancelled, send):
    """Score the records of a file from a byte offset on, until the chunk is full; tells where the next one begins."""
    longest = longest_input(base.model.config, LONGEST_RECORD)
    records, rows, tokens, line = [], {}, 0, request["line"]
    with open(request["file"], "rb") as file:
        file.seek(request["offset"])
        while len(records) < MOST_RECORDS and tokens < ENOUGH_TOKENS and request["id"] not in cancelled:
            text = file.readline()
            if not text:
                break
            line += 1
            if not text.strip():
                continue
            records.append({"line": line})
            try:
                rows[len(records) - 1] = row = encode_line(base, text, longest)
                tokens += len(row["input_ids"])
            except UserError as error:
                records[-1]["error"] = str(error)
        offset = file.tell()
        ended = not file.read(1)
    with base.choose(request.get("adapter")):
        for at, score in score_rows(base, rows):
            records[at].update(score)
    send({"type": "scored", "id": request["id"], "records": records, "offset": offset, "line": line, "ended": ended})


def score_messages(base, requests, cancelled, send):
    """Score conversations for one adapter together; each ends with a message `scored_messages`, `error` or `done` when it was cancelled, or an exception ends all that are left."""
    longest = longest_input(base.model.config, LONGEST_RECORD)
    rows = {}
    for at, request in enumerate(requests):
        try:
            rows[at] = encode_row(base, request, longest)
        except UserError as error:
            send({**describe(error), "id": request["id"]})
    with base.choose(requests[0].get("adapter")):
        for at, score in score_rows(base, rows, lambda at: requests[at]["id"] in cancelled):
            identity = requests[at]["id"]
            if identity in cancelled:
                send({"type": "done", "id": identity, "finish_reason": "cancelled", "prompt_tokens": 0, "completion_tokens": 0})
            else:
                send({"type": "scored_messages", "id": identity, **score})


def encode_line(base, text, longest):
    """The row of one line. Raises a UserError that says why there is none."""
    try:
        return encode_row(base, json.loads(text.decode("utf-8-sig")), longest)
    except ValueError as error:
        raise UserError("invalid_messages", f"It is no chat record: {type(error).__name__}: {error}.") from error


def encode_row(base, record, longest):
    """A record as token ids, cut where it is too long, with the places of the tokens that are scored. Raises a UserError that says why there is none."""
    try:
        row = encode(base.tokenizer, record)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise UserError("invalid_messages", f"It is no chat record: {type(error).__name__}: {error}.") from error
    except Exception as error:
        # Chat templates refuse with exceptions of their own.
        raise UserError("invalid_messages", f"The model's chat template cannot take it: {error}") from error
    # The first token has nothing before it to be told from.
    places = [at for at, label in enumerate(row["labels"][:longest]) if label != NOT_LEARNED and at > 0]
    return {"input_ids": row["input_ids"][:longest], "places": places, "truncated": len(row["input_ids"]) > longest}


def score_rows(base, rows, skipped=lambda at: False):
    """Pairs of the key of each row and its score, those of like length together; what is skipped when its turn comes has an empty score."""
    waiting = sorted(rows, key=lambda at: len(rows[at]["input_ids"]))
    while waiting:
        # The last of a group is its longest, and so wide are all of it.
        count = 1
        while count < len(waiting) and (count + 1) * len(rows[waiting[count]]["input_ids"]) <= TOGETHER:
            count += 1
        group, waiting = waiting[:count], waiting[count:]
        wanted = [at for at in group if not skipped(at)]
        found = dict(zip(wanted, logprobs_of(base, [rows[at] for at in wanted])))
        for at in group:
            yield at, score_of(base, rows[at], found[at]) if at in found else {}


def score_of(base, row, logprobs):
    tokens = [base.texts.show(row["input_ids"][place], logprob) for place, logprob in zip(row["places"], logprobs)]
    loss = -sum(token["logprob"] for token in tokens) / len(tokens) if tokens else None
    return {"loss": loss, "truncated": row["truncated"], "tokens": tokens}


def logprobs_of(base, rows):
    """For each row the log probabilities of the tokens at its places, each given all before it."""
    if not any(row["places"] for row in rows):
        return [[] for _ in rows]
    width = max(len(row["input_ids"]) for row in rows)
    # Padding at the right end comes after all that is looked at, and no token sees what comes after it.
    padded = [row["input_ids"] + [base.tokenizer.pad_token_id] * (width - len(row["input_ids"])) for row in rows]
    mask = [[1] * len(row["input_ids"]) + [0] * (width - len(row["input_ids"])) for row in rows]
    with torch.inference_mode():
        inputs = torch.tensor(padded, device=base.model.device)
        logits = base.model(input_ids=inputs, attention_mask=torch.tensor(mask, device=base.model.device), use_cache=False).logits
        return [told(logits[at], inputs[at], row["places"]) for at, row in enumerate(rows)]


def told(logits, inputs, places):
    """The log probability of the token at each place of one row."""
    found = []
    for first in range(0, len(places), POSITIONS):
        part = torch.tensor(places[first : first + POSITIONS], device=inputs.device)
        found += logits[part - 1].float().log_softmax(-1).gather(1, inputs[part].unsqueeze(1)).squeeze(1).tolist()
    return found
