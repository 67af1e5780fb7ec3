"""One batch of conversations through one model, each answer streamed as it grows."""

import torch
from tokenizers.decoders import DecodeStream
from transformers import GenerationConfig, StoppingCriteria, StoppingCriteriaList

from messages import UserError, describe
from model import longest_input

# What a model reads whose configuration does not say.
USUAL_CONTEXT = 4096


class Row:
    """One answer while it grows."""

    def __init__(self, request, prompt_tokens, most_tokens, tokenizer, send):
        self.request = request
        self.done = False
        self._send = send
        self._prompt_tokens = prompt_tokens
        self.most_tokens = most_tokens
        self._tokens = 0
        self._tokenizer = tokenizer.backend_tokenizer
        # Holds bytes back until they make whole characters.
        self._decoder = DecodeStream(skip_special_tokens=True)
        self._held = ""
        # What may be the beginning of a stop sequence waits for the next token.
        self._waiting = max((len(stop) for stop in request["stop"]), default=1) - 1

    def take(self, token, ends):
        """Take the next token; `ends` says that it is the model's own end of the answer."""
        self._tokens += 1
        if ends:
            return self.finish("stop")
        self._held += self._decoder.step(self._tokenizer, token) or ""
        found = [at for at in (self._held.find(stop) for stop in self.request["stop"]) if at >= 0]
        if found:
            self._held = self._held[: min(found)]
            return self.finish("stop")
        if self._tokens >= self.most_tokens:
            return self.finish("length")
        return self._emit(len(self._held) - self._waiting)

    def finish(self, reason):
        self._emit(len(self._held))
        self.done = True
        self._send({"type": "done", "id": self.request["id"], "finish_reason": reason, "prompt_tokens": self._prompt_tokens, "completion_tokens": self._tokens})

    def _emit(self, length):
        if length > 0:
            self._send({"type": "token", "id": self.request["id"], "text": self._held[:length]})
            self._held = self._held[length:]


class Rows(StoppingCriteria):
    """Sees every token of every row, streams it, and ends a row on its own terms."""

    def __init__(self, rows, ends, cancelled):
        self._rows = rows
        self._ends = ends
        self._cancelled = cancelled

    def __call__(self, input_ids, scores, **_):
        for row, token in zip(self._rows, input_ids[:, -1].tolist()):
            if not row.done and row.request["id"] in self._cancelled:
                row.finish("cancelled")
            if not row.done:
                row.take(token, token in self._ends)
        return torch.tensor([row.done for row in self._rows], dtype=torch.bool, device=input_ids.device)


def encode(base, request, longest):
    """A conversation as token ids."""
    try:
        ids = base.tokenizer.apply_chat_template(request["messages"], add_generation_prompt=True, tokenize=True, return_dict=False)
    except Exception as error:
        # Chat templates refuse what they cannot render, such as roles out of turn, with exceptions of their own.
        raise UserError("invalid_messages", f"The model's chat template cannot take these messages: {error}") from error
    if len(ids) >= longest:
        raise UserError("context_length_exceeded", f"The conversation has {len(ids)} tokens; the model reads at most {longest}, its answer included.")
    return ids


def make_rows(base, requests, send):
    """Token ids and rows of the requests that can be answered; the others are refused, each with its own reason."""
    longest = longest_input(base.model, getattr(base.model.config, "max_position_embeddings", None) or USUAL_CONTEXT)
    prompts, rows = [], []
    for request in requests:
        try:
            ids = encode(base, request, longest)
        except UserError as error:
            send({**describe(error), "id": request["id"]})
            continue
        prompts.append(ids)
        rows.append(Row(request, len(ids), min(request["maximum_tokens"], longest - len(ids)), base.tokenizer, send))
    return prompts, rows


def end_tokens(model, tokenizer):
    """The tokens with which the model ends an answer."""
    configured = model.generation_config.eos_token_id
    listed = configured if isinstance(configured, list) else [configured]
    return {token for token in [*listed, tokenizer.eos_token_id] if token is not None}


def answer_batch(base, requests, cancelled, send):
    """Answer requests of one adapter and one way to choose tokens; each ends with a message `done` or `error`, or an exception ends all that are left."""
    prompts, rows = make_rows(base, requests, send)
    if not rows:
        return
    first = rows[0].request
    ends = end_tokens(base.model, base.tokenizer)
    sampled = {"temperature": first["temperature"], "top_p": first["top_p"], "top_k": 0} if first["temperature"] > 0 else {}
    config = GenerationConfig(
        do_sample=bool(sampled),
        max_new_tokens=max(row.most_tokens for row in rows),
        pad_token_id=base.tokenizer.pad_token_id,
        eos_token_id=sorted(ends),
        **sampled,
    )
    context = base.choose(first.get("adapter"))
    inputs = base.tokenizer.pad({"input_ids": prompts}, return_tensors="pt").to(base.model.device)
    if first.get("seed") is not None:
        torch.manual_seed(first["seed"])
    with context, torch.inference_mode():
        base.model.generate(**inputs, generation_config=config, stopping_criteria=StoppingCriteriaList([Rows(rows, ends, cancelled)]))
