"""Trains one LoRA adapter on the assistant's answers: the first line of standard input is the request, standard output tells the progress.

Request: {"model", "training_file", "validation_file"?, "output", "epochs", "batch_size", "learning_rate", "seed",
          "max_steps"?, "lora_rank", "lora_layers"?, "resume_from"?}
Messages: {"type": "stage", "stage"}, {"type": "plan", "total_steps"}, {"type": "metrics", "step", "total_steps", "metrics"},
          {"type": "checkpoint", "step", "folder", "metrics"}, {"type": "done", "adapter", "trained_tokens"}, {"type": "error", "code", "message"}
"""

import json
import math
import os
import sys
import traceback

from messages import UserError, describe, end_with_parent, take_standard_output
from model import check_model, choose_device, load_model, load_tokenizer, longest_input
from records import make_rows

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

# A record is cut at so many tokens: the logits of one such record take 0.8 GB with a vocabulary of 50 000.
LONGEST_RECORD = 4096
# So many tokens are computed at once; a larger batch is gathered in parts, with the same gradient.
LARGEST_PART = 4096
MOST_RECORDS_AT_ONCE = 8


def part_size(batch_size, longest):
    """How many records of a batch are computed at once: the largest divisor of the batch size that memory allows."""
    most = min(MOST_RECORDS_AT_ONCE, max(1, LARGEST_PART // longest))
    return max(size for size in range(1, most + 1) if batch_size % size == 0)


def lora_config(model, request):
    """LoRA on every linear layer but the output's, of all transformer layers or the last `lora_layers`."""
    from peft import LoraConfig
    from torch.nn import Linear

    layers = model.config.num_hidden_layers
    chosen = request.get("lora_layers")
    # `all-linear` does not combine with a choice of layers, so the names are read off the model.
    linear = {name.rsplit(".", 1)[-1] for name, module in model.named_modules() if isinstance(module, Linear)} - {"lm_head"}
    return LoraConfig(
        r=request["lora_rank"],
        lora_alpha=2 * request["lora_rank"],
        lora_dropout=0.0,
        target_modules=sorted(linear),
        task_type="CAUSAL_LM",
        layers_to_transform=list(range(max(0, layers - chosen), layers)) if chosen else None,
    )


def training_arguments(request, longest, has_validation):
    """What TRL is told. A checkpoint at each epoch's end, the last three kept; no progress bars, no reports to anyone."""
    from trl import SFTConfig

    _, dtype = choose_device()
    part = part_size(request["batch_size"], longest)
    return SFTConfig(
        output_dir=request["output"],
        num_train_epochs=request["epochs"],
        max_steps=request.get("max_steps") or -1,
        per_device_train_batch_size=part,
        per_device_eval_batch_size=part,
        gradient_accumulation_steps=request["batch_size"] // part,
        learning_rate=request["learning_rate"],
        lr_scheduler_type="linear",
        warmup_steps=0.05,
        seed=request["seed"],
        logging_steps=1,
        eval_strategy="epoch" if has_validation else "no",
        save_strategy="epoch",
        save_total_limit=3,
        bf16=str(dtype) == "torch.bfloat16",
        fp16=False,
        # Recomputing activations saves memory that a small model does not need, for a fifth of the time.
        activation_checkpointing=False,
        packing=False,
        report_to="none",
        disable_tqdm=True,
        dataloader_pin_memory=False,
        # The rows carry their labels already.
        dataset_kwargs={"skip_prepare_dataset": True},
    )


def make_reporter(send):
    """The callback that turns what the trainer logs into messages."""
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):
        def __init__(self):
            self.latest = {}
            self.tokens_before = 0

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
    from trl import SFTTrainer

    logging.set_verbosity_error()
    tokenizer = load_tokenizer(request["model"])
    model = load_model(request["model"])
    longest = longest_input(model, LONGEST_RECORD)
    send({"type": "stage", "stage": "reading the records"})
    training, cut = make_rows(tokenizer, request["training_file"], longest)
    validation, _ = make_rows(tokenizer, request["validation_file"], longest) if request.get("validation_file") else (None, 0)
    if cut:
        send({"type": "stage", "stage": f"{cut} of the records are longer than {longest} tokens and are cut at their end"})
    reporter = make_reporter(send)
    longest_row = max(len(row["input_ids"]) for row in training + (validation or []))
    trainer = SFTTrainer(
        model=model,
        args=training_arguments(request, longest_row, validation is not None),
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
