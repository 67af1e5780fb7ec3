"""One batch of conversations through one model, each answer streamed as it grows."""

import torch
from tokenizers.decoders import DecodeStream
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList, StoppingCriteria, StoppingCriteriaList

from messages import UserError, describe
from model import longest_input

# What a model reads whose configuration does not say.
USUAL_CONTEXT = 4096


class Row:
    """One answer while it grows."""

    def __init__(self, request, prompt_tokens, most_tokens, base, send):
        self.request = request
        self.done = False
        self._send = send
        self._prompt_tokens = prompt_tokens
        self.most_tokens = most_tokens
        self._tokens = 0
        self._tokenizer = base.tokenizer.backend_tokenizer
        self._texts = base.texts
        # Holds bytes back until they make whole characters.
        self._decoder = DecodeStream(skip_special_tokens=True)
        self._held = ""
        # Of an answer with log probabilities: how long the text is, what of it was sent, and the tokens not sent yet, each with where it begins.
        self._length = 0
        self._sent = 0
        self._shown = []
        # What may be the beginning of a stop sequence waits for the next token.
        self._waiting = max((len(stop) for stop in request["stop"]), default=1) - 1

    @property
    def wants_logprobs(self):
        return self.request.get("top_logprobs") is not None

    def take(self, token, ends, logprobs):
        """Take the next token; `ends` says that it is the model's own end of the answer. `logprobs` are those of the whole vocabulary, where they are wanted."""
        self._tokens += 1
        if ends:
            return self.finish("stop")
        if self.wants_logprobs:
            self._shown.append((self._length, self._show(token, logprobs)))
        text = self._decoder.step(self._tokenizer, token) or ""
        self._held += text
        self._length += len(text)
        found = [at for at in (self._held.find(stop) for stop in self.request["stop"]) if at >= 0]
        if found:
            self._held = self._held[: min(found)]
            self._shown = [(start, shown) for start, shown in self._shown if start < self._sent + len(self._held)]
            return self.finish("stop")
        if self._tokens >= self.most_tokens:
            return self.finish("length")
        return self._emit(len(self._held) - self._waiting)

    def finish(self, reason):
        self._emit(len(self._held), last=True)
        self.done = True
        self._send({"type": "done", "id": self.request["id"], "finish_reason": reason, "prompt_tokens": self._prompt_tokens, "completion_tokens": self._tokens})

    def _emit(self, length, last=False):
        text = self._held[: max(length, 0)]
        self._sent += len(text)
        ready = [shown for start, shown in self._shown if last or start < self._sent]
        if text or ready:
            self._send({"type": "token", "id": self.request["id"], "text": text, **({"logprobs": ready} if self.wants_logprobs else {})})
            self._held = self._held[len(text) :]
            self._shown = self._shown[len(ready) :]

    def _show(self, token, logprobs):
        best = logprobs.topk(self.request["top_logprobs"])
        top = [self._texts.show(other, value) for value, other in zip(best.values.tolist(), best.indices.tolist())]
        return {**self._texts.show(token, logprobs[token]), "top_logprobs": top}


class Distribution(LogitsProcessor):
    """Keeps what the model says of the next token, before temperature and top_p choose from it."""

    latest = None

    def __call__(self, input_ids, scores):
        self.latest = scores
        return scores


class Rows(StoppingCriteria):
    """Sees every token of every row, streams it, and ends a row on its own terms."""

    def __init__(self, rows, ends, cancelled, distribution):
        self._rows = rows
        self._ends = ends
        self._cancelled = cancelled
        self._distribution = distribution

    def __call__(self, input_ids, scores, **_):
        for at, (row, token) in enumerate(zip(self._rows, input_ids[:, -1].tolist())):
            if not row.done and row.request["id"] in self._cancelled:
                row.finish("cancelled")
            if not row.done:
                row.take(token, token in self._ends, self._distribution.latest[at].float().log_softmax(-1) if row.wants_logprobs else None)
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
    longest = longest_input(base.model.config, getattr(base.model.config, "max_position_embeddings", None) or USUAL_CONTEXT)
    prompts, rows = [], []
    for request in requests:
        try:
            ids = encode(base, request, longest)
        except UserError as error:
            send({**describe(error), "id": request["id"]})
            continue
        prompts.append(ids)
        rows.append(Row(request, len(ids), min(request["maximum_tokens"], longest - len(ids)), base, send))
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
    distribution = Distribution()
    with context, torch.inference_mode():
        base.model.generate(
            **inputs,
            generation_config=config,
            logits_processor=LogitsProcessorList([distribution]),
            stopping_criteria=StoppingCriteriaList([Rows(rows, ends, cancelled, distribution)]),
        )
