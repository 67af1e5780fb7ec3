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

from messages import UserError, describe, end_with_parent, take_standard_output
from model import choose_device, load_model, load_tokenizer

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


def read_records(file):
    with open(file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def encode(tokenizer, record, longest):
    """A record as token ids, with -100 as label wherever nothing is to be learned.

    Learned are the assistant's answers, but for those of weight 0; a record longer than the model is cut at its end, as OpenAI cuts it.
    """
    messages = [{key: value for key, value in message.items() if key != "weight"} for message in record["messages"]]
    tools = record.get("tools")

    def template(count, prompt):
        return tokenizer.apply_chat_template(messages[:count], tools=tools, add_generation_prompt=prompt, tokenize=True, return_dict=False)

    ids = template(len(messages), False)
    labels = [-100] * len(ids)
    for index, message in enumerate(record["messages"]):
        if message["role"] != "assistant" or message.get("weight", 1) == 0:
            continue
        start, end = len(template(index, True)), len(template(index + 1, False))
        labels[start:end] = ids[start:end]
    return {"input_ids": ids[:longest], "labels": labels[:longest]}


def make_dataset(tokenizer, file, longest):
    from datasets import Dataset

    rows = [encode(tokenizer, record, longest) for record in read_records(file)]
    learned = [row for row in rows if any(label != -100 for label in row["labels"])]
    if not learned:
        raise UserError("nothing_to_learn", "No record has an answer to learn: every answer has weight 0 or lies behind the model's longest input.")
    return Dataset.from_list(learned)


def micro_batch(size):
    """The largest divisor of the batch size that is at most 8: what is computed at once."""
    return max(part for part in range(1, 9) if size % part == 0)


def lora_config(model, request):
    from peft import LoraConfig

    from torch.nn import Linear

    layers = model.config.num_hidden_layers
    chosen = request.get("lora_layers")
    rank = request["lora_rank"]
    linear = {name.rsplit(".", 1)[-1] for name, module in model.named_modules() if isinstance(module, Linear)} - {"lm_head"}
    return LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        lora_dropout=0.0,
        target_modules=sorted(linear),
        task_type="CAUSAL_LM",
        layers_to_transform=list(range(max(0, layers - chosen), layers)) if chosen else None,
    )


def training_arguments(request, has_validation):
    from trl import SFTConfig

    _, dtype = choose_device()
    micro = micro_batch(request["batch_size"])
    return SFTConfig(
        output_dir=request["output"],
        num_train_epochs=request["epochs"],
        max_steps=request.get("max_steps") or -1,
        per_device_train_batch_size=micro,
        per_device_eval_batch_size=micro,
        gradient_accumulation_steps=request["batch_size"] // micro,
        learning_rate=request["learning_rate"],
        lr_scheduler_type="linear",
        warmup_steps=0.05,
        seed=request["seed"],
        logging_steps=1,
        logging_first_step=True,
        eval_strategy="epoch" if has_validation else "no",
        save_strategy="epoch",
        save_total_limit=3,
        bf16=str(dtype) == "torch.bfloat16",
        fp16=str(dtype) == "torch.float16",
        activation_checkpointing=False,
        packing=False,
        report_to="none",
        disable_tqdm=True,
        dataloader_pin_memory=False,
        dataset_kwargs={"skip_prepare_dataset": True},
    )


def make_reporter(send):
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):
        """Turns what the trainer logs into messages."""

        last = {}

        def on_train_begin(self, args, state, control, **_):
            send({"type": "plan", "total_steps": state.max_steps})

        def on_log(self, args, state, control, logs=None, **_):
            numbers = {NAMES[name]: float(value) for name, value in (logs or {}).items() if name in NAMES}
            finite = {name: value for name, value in numbers.items() if math.isfinite(value)}
            if "train_loss" not in numbers and "full_valid_loss" not in numbers:
                return
            self.last.update(finite)
            send({"type": "metrics", "step": state.global_step, "total_steps": state.max_steps, "metrics": finite})

        def on_save(self, args, state, control, **_):
            folder = os.path.join(args.output_dir, f"checkpoint-{state.global_step}")
            send({"type": "checkpoint", "step": state.global_step, "folder": folder, "metrics": dict(self.last)})

    return Reporter()


def train(request, send):
    send({"type": "stage", "stage": "loading the model"})
    from transformers.utils import logging
    from trl import SFTTrainer

    logging.set_verbosity_error()
    tokenizer = load_tokenizer(request["model"])
    model = load_model(request["model"])
    longest = getattr(model.config, "max_position_embeddings", None) or 8192
    send({"type": "stage", "stage": "reading the records"})
    training = make_dataset(tokenizer, request["training_file"], longest)
    validation = make_dataset(tokenizer, request["validation_file"], longest) if request.get("validation_file") else None
    reporter = make_reporter(send)
    trainer = SFTTrainer(
        model=model,
        args=training_arguments(request, validation is not None),
        train_dataset=training,
        eval_dataset=validation,
        processing_class=tokenizer,
        peft_config=lora_config(model, request),
        callbacks=[reporter],
    )
    send({"type": "stage", "stage": "training"})
    trainer.train(resume_from_checkpoint=request.get("resume_from"))
    send({"type": "stage", "stage": "saving the adapter"})
    adapter = os.path.join(request["output"], "adapter")
    trainer.save_model(adapter)
    send({"type": "done", "adapter": adapter, "trained_tokens": int(reporter.last.get("tokens", 0))})


def main():
    send = take_standard_output()
    request = json.loads(sys.stdin.buffer.readline())
    end_with_parent()
    try:
        train(request, send)
    except BaseException as error:  # noqa: BLE001 - whatever ends the training is told, then it ends
        send(describe(error))
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
