"""One batch of conversations through one model, each answer streamed as it grows."""

import contextlib
import functools
import os

import torch
from tokenizers.decoders import DecodeStream
from transformers import GenerationConfig, StoppingCriteria, StoppingCriteriaList

from messages import UserError
from model import load_model, load_tokenizer

# How many adapters stay loaded on one base model.
KEPT_ADAPTERS = 8


class Row:
    """One answer while it grows."""

    def __init__(self, request, prompt_tokens, tokenizer, send):
        self.request = request
        self.prompt_tokens = prompt_tokens
        self.done = False
        self._send = send
        self._tokens = 0
        self._held = ""
        self._tokenizer = tokenizer._tokenizer
        self._stream = DecodeStream(skip_special_tokens=True)

    def take(self, token, ends):
        """Take the next token; `ends` says that it is the model's own end of the answer."""
        self._tokens += 1
        if ends:
            return self.finish("stop")
        self._held += self._stream.step(self._tokenizer, token) or ""
        for stop in self.request["stop"]:
            at = self._held.find(stop)
            if at >= 0:
                self._held = self._held[:at]
                return self.finish("stop")
        if self._tokens >= self.request["maximum_tokens"]:
            return self.finish("length")
        # What may be the beginning of a stop sequence waits for the next token.
        longest = max((len(stop) for stop in self.request["stop"]), default=1) - 1
        self._emit(len(self._held) - longest)

    def finish(self, reason):
        self._emit(len(self._held))
        self.done = True
        self._send({"type": "done", "id": self.request["id"], "finish_reason": reason, "prompt_tokens": self.prompt_tokens, "completion_tokens": self._tokens})

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
            if not row.done:
                row.take(token, token in self._ends)
            if not row.done and row.request["id"] in self._cancelled:
                row.finish("cancelled")
        return torch.tensor([row.done for row in self._rows], dtype=torch.bool, device=input_ids.device)


@functools.lru_cache(maxsize=1)
def open_base(name):
    """Tokenizer and model of one base; the last one used stays loaded."""
    tokenizer = load_tokenizer(name)
    tokenizer.padding_side = "left"
    return {"tokenizer": tokenizer, "model": load_model(name).eval(), "adapters": []}


def choose_adapter(base, folder):
    """The model to ask and the context to ask it in: with one adapter switched on, or with none."""
    from peft import PeftModel

    if folder is None:
        loaded = isinstance(base["model"], PeftModel)
        return base["model"], base["model"].disable_adapter() if loaded else contextlib.nullcontext()
    if not os.path.isfile(os.path.join(folder, "adapter_config.json")):
        raise UserError("invalid_model", f"{folder} holds no adapter.")
    name = str(abs(hash(folder)))
    if name not in base["adapters"]:
        if isinstance(base["model"], PeftModel):
            base["model"].load_adapter(folder, adapter_name=name)
        else:
            base["model"] = PeftModel.from_pretrained(base["model"], folder, adapter_name=name).eval()
        base["adapters"].append(name)
        if len(base["adapters"]) > KEPT_ADAPTERS:
            base["model"].delete_adapter(base["adapters"].pop(0))
    base["model"].set_adapter(name)
    return base["model"], contextlib.nullcontext()


def generation_config(model, tokenizer, request, ends, longest):
    sampled = request["temperature"] > 0
    chosen = {"temperature": request["temperature"], "top_p": request["top_p"], "top_k": 0} if sampled else {}
    return GenerationConfig(do_sample=sampled, max_new_tokens=longest, pad_token_id=tokenizer.pad_token_id, eos_token_id=sorted(ends), **chosen)


def end_tokens(model, tokenizer):
    configured = model.generation_config.eos_token_id
    listed = configured if isinstance(configured, list) else [configured]
    return {token for token in [*listed, tokenizer.eos_token_id] if token is not None}


def answer_batch(requests, cancelled, send):
    """Answer requests that share a batch key; every one of them ends with one message `done`, or an exception ends them all."""
    first = requests[0]
    base = open_base(first["base"])
    tokenizer = base["tokenizer"]
    texts = [tokenizer.apply_chat_template(request["messages"], add_generation_prompt=True, tokenize=False) for request in requests]
    inputs = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
    model, context = choose_adapter(base, first.get("adapter"))
    longest_input = getattr(model.config, "max_position_embeddings", None)
    if longest_input and inputs["input_ids"].shape[1] >= longest_input:
        raise UserError("context_length_exceeded", f"The conversation has {inputs['input_ids'].shape[1]} tokens; the model reads at most {longest_input}.")
    rows = [Row(request, int(mask.sum()), tokenizer, send) for request, mask in zip(requests, inputs["attention_mask"])]
    ends = end_tokens(model, tokenizer)
    config = generation_config(model, tokenizer, first, ends, max(request["maximum_tokens"] for request in requests))
    if first.get("seed") is not None:
        torch.manual_seed(first["seed"])
    with context, torch.inference_mode():
        model.generate(
            **inputs.to(model.device),
            generation_config=config,
            stopping_criteria=StoppingCriteriaList([Rows(rows, ends, cancelled)]),
        )
    for row in rows:
        if not row.done:
            row.finish("length")
