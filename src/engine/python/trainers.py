"""TRL's trainers for a request: on answers, or on pairs of a better and a worse answer."""

from model import choose_device
from preference import length_of, make_pairs
from records import make_rows

# So many tokens are computed at once; a larger batch is gathered in parts, with the same gradient.
LARGEST_PART = 4096
MOST_RECORDS_AT_ONCE = 8


def part_size(batch_size, longest):
    """How many rows of a batch are computed at once: the largest divisor of the batch size that memory allows."""
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


def shared_arguments(request, longest, has_validation):
    """What both trainers are told. A checkpoint at each epoch's end, the last three kept; no progress bars, no reports to anyone."""
    _, dtype = choose_device()
    part = part_size(request["batch_size"], longest)
    return dict(
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
        report_to="none",
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )


class Supervised:
    """Learns the assistant's answers."""

    make_rows = staticmethod(make_rows)

    @staticmethod
    def longest(rows):
        """The tokens that one row takes at most."""
        return max(len(row["input_ids"]) for row in rows)

    @staticmethod
    def make_trainer(request, longest, has_validation, **parts):
        from trl import SFTConfig, SFTTrainer

        # The rows carry their labels already.
        arguments = SFTConfig(**shared_arguments(request, longest, has_validation), packing=False, dataset_kwargs={"skip_prepare_dataset": True})
        return SFTTrainer(args=arguments, **parts)


class Preference:
    """Learns to prefer one answer to another, by direct preference optimization (Rafailov et al. 2023); the base model is the reference."""

    make_rows = staticmethod(make_pairs)

    @staticmethod
    def longest(rows):
        """The tokens that one row takes at most: both answers are computed, each behind the prompt."""
        return 2 * max(length_of(pair) for pair in rows)

    @staticmethod
    def make_trainer(request, longest, has_validation, **parts):
        from trl import DPOConfig, DPOTrainer

        class PairTrainer(DPOTrainer):
            def _prepare_dataset(self, dataset, *_):
                # The pairs are token ids already, cut to what the model reads.
                return dataset

        arguments = DPOConfig(**shared_arguments(request, longest, has_validation), beta=request["beta"], max_length=None)
        return PairTrainer(args=arguments, **parts)


METHODS = {"supervised": Supervised, "dpo": Preference}
