"""Trains one LoRA adapter, on the assistant's answers or on preferences: the first line of standard input is the request, standard output tells the progress.

Request: {"method", "model", "training_file", "validation_file"?, "output", "epochs", "batch_size", "learning_rate", "seed", "beta"?,
          "max_steps"?, "lora_rank", "lora_layers"?, "resume_from"?}
`method` is "supervised", or "dpo", which needs a `beta`.
Messages: {"type": "stage", "stage"}, {"type": "plan", "total_steps"}, {"type": "metrics", "step", "total_steps", "metrics"},
          {"type": "checkpoint", "step", "folder", "metrics"}, {"type": "done", "adapter", "trained_tokens"}, {"type": "error", "code", "message"}
"""

import json
import math
import os
import sys
import time
import traceback

from memory import check_memory
from messages import UserError, describe, end_with_parent, take_standard_output
from model import check_model, choose_device, load_config, load_model, load_tokenizer, longest_input
from trainers import METHODS, lora_config, part_size

# What TRL and transformers call a number, and what OpenAI's events call it.
NAMES = {
    "loss": "train_loss",
    "mean_token_accuracy": "train_mean_token_accuracy",
    "learning_rate": "learning_rate",
    "grad_norm": "gradient_norm",
    "epoch": "epoch",
    "num_tokens": "tokens",
    "eval_loss": "full_valid_loss",
    "eval_mean_token_accuracy": "full_valid_mean_token_accuracy",
}
# The figures of preferences, which OpenAI does not name: the implicit rewards of the answers, how often the preferred one has the higher, and by how much.
REWARDS = {"accuracies": "reward_accuracy", "margins": "reward_margin", "chosen": "chosen_reward", "rejected": "rejected_reward"}
for name, word in REWARDS.items():
    NAMES[f"rewards/{name}"] = f"train_{word}"
    NAMES[f"eval_rewards/{name}"] = f"full_valid_{word}"

# A record is cut at so many tokens: the logits of one such record take 0.8 GB with a vocabulary of 50 000.
LONGEST_RECORD = 4096


def make_reporter(send):
    """The callback that turns what the trainer logs into messages."""
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):
        def __init__(self):
            self.latest = {}
            self.tokens_before = 0
            self.tokens_now = 0
            self.step_began = 0.0

        def on_step_begin(self, args, state, control, **_):
            self.step_began = time.monotonic()

        def on_train_begin(self, args, state, control, **_):
            # TRL counts tokens from zero again when a training is resumed.
            self.tokens_before = next((entry["num_tokens"] for entry in reversed(state.log_history) if "num_tokens" in entry), 0)
            send({"type": "plan", "total_steps": state.max_steps})

        def on_log(self, args, state, control, logs=None, **_):
            numbers = {NAMES[name]: float(value) for name, value in (logs or {}).items() if name in NAMES}
            # The closing summary repeats the epoch only.
            if "train_loss" not in numbers and "full_valid_loss" not in numbers:
                return
            if not math.isfinite(numbers.get("train_loss", 0)):
                raise UserError("diverged", f"At step {state.global_step} the training loss stopped being a number. Use a smaller learning rate multiplier.")
            finite = {name: value for name, value in numbers.items() if math.isfinite(value)}
            if "train_loss" in finite and "tokens" in finite:
                finite["tokens_per_second"] = (finite["tokens"] - self.tokens_now) / max(time.monotonic() - self.step_began, 1e-6)
                self.tokens_now = finite["tokens"]
            if "tokens" in finite:
                finite["tokens"] += self.tokens_before
            self.latest.update(finite)
            send({"type": "metrics", "step": state.global_step, "total_steps": state.max_steps, "metrics": finite})

        def on_save(self, args, state, control, **_):
            folder = os.path.join(args.output_dir, f"checkpoint-{state.global_step}")
            send({"type": "checkpoint", "step": state.global_step, "folder": folder, "metrics": dict(self.latest)})

    return Reporter()


def train(request, send):
    """One training, from loading the model to the saved adapter."""
    send({"type": "stage", "stage": "loading the model"})
    # Before the libraries are loaded, which takes seconds.
    check_model(request["model"])
    from datasets import Dataset
    from transformers.utils import logging

    logging.set_verbosity_error()
    method = METHODS[request["method"]]
    tokenizer = load_tokenizer(request["model"])
    config = load_config(request["model"])
    longest = longest_input(config, LONGEST_RECORD)
    send({"type": "stage", "stage": "reading the records"})
    training, cut = method.make_rows(tokenizer, request["training_file"], longest)
    validation, _ = method.make_rows(tokenizer, request["validation_file"], longest) if request.get("validation_file") else (None, 0)
    if cut:
        send({"type": "stage", "stage": f"{cut} of the records are longer than {longest} tokens and are cut at their end"})
    longest_row = method.longest(training + (validation or []))
    device, number = choose_device()
    check_memory(config, request, part_size(request["batch_size"], longest_row) * longest_row, device, number.itemsize)
    model = load_model(request["model"])
    reporter = make_reporter(send)
    trainer = method.make_trainer(
        request,
        longest_row,
        validation is not None,
        model=model,
        train_dataset=Dataset.from_list(training),
        eval_dataset=Dataset.from_list(validation) if validation else None,
        processing_class=tokenizer,
        peft_config=lora_config(model, request),
        callbacks=[reporter],
    )
    send({"type": "stage", "stage": "training"})
    trainer.train(resume_from_checkpoint=request.get("resume_from"))
    send({"type": "stage", "stage": "saving the adapter"})
    adapter = os.path.join(request["output"], "adapter")
    trainer.save_model(adapter)
    send({"type": "done", "adapter": adapter, "trained_tokens": int(reporter.latest.get("tokens", reporter.tokens_before))})


def main():
    send = take_standard_output()
    request = json.loads(sys.stdin.buffer.readline())
    end_with_parent()
    try:
        train(request, send)
    except BaseException as error:  # noqa: BLE001 - whatever ends the training is told, then it ends
        traceback.print_exc()
        send(describe(error, request["output"]))
        end(1)
    end(0)


def end(code):
    """End at once: threads of the libraries must not keep the process."""
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
