"""Loads a model folder, or says what is wrong with it."""

import os

from messages import UserError

TOKENIZER_FILES = ("tokenizer.json", "tokenizer.model", "vocab.json", "spiece.model")


def check_model(name):
    """Refuse a local folder that holds no model; a name that is no folder is taken as a Hugging Face id."""
    if not os.path.isdir(name):
        if os.path.isabs(name) or name.startswith("."):
            raise UserError("invalid_model", f"There is no model folder {name}.")
        return
    if not os.path.isfile(os.path.join(name, "config.json")):
        raise UserError("invalid_model", f"{name} is no model folder: it has no config.json.")
    files = os.listdir(name)
    if not any(file.endswith((".safetensors", ".bin")) for file in files):
        raise UserError("invalid_model", f"{name} is no model folder: it has no weights (*.safetensors).")
    if not any(file in files for file in TOKENIZER_FILES):
        raise UserError("invalid_model", f"{name} is no model folder: it has no tokenizer (tokenizer.json).")


def choose_device():
    """The fastest device that this machine has, and the number format to compute in there."""
    import torch

    if torch.cuda.is_available():
        return "cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    if torch.backends.mps.is_available():
        return "mps", torch.float32
    return "cpu", torch.float32


def load_tokenizer(name):
    """The tokenizer of a model that takes conversations."""
    from transformers import AutoTokenizer

    check_model(name)
    tokenizer = from_pretrained(AutoTokenizer, name)
    if tokenizer.chat_template is None:
        raise UserError("invalid_model", f"{name} has no chat template, so it cannot take conversations. Use an instruct model.")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_model(name):
    """The model on its device."""
    from transformers import AutoModelForCausalLM

    check_model(name)
    device, dtype = choose_device()
    return from_pretrained(AutoModelForCausalLM, name, dtype=dtype).to(device)


def load_config(name):
    """What a model is, without its weights."""
    from transformers import AutoConfig

    check_model(name)
    return from_pretrained(AutoConfig, name)


def longest_input(config, most):
    """How many tokens a model of this configuration reads, and at most `most`."""
    return min(getattr(config, "max_position_embeddings", None) or most, most)


def from_pretrained(kind, name, **options):
    """Load with transformers; a folder never asks the network, and code that a model brings along is never run."""
    try:
        return kind.from_pretrained(name, local_files_only=os.path.isdir(name), trust_remote_code=False, **options)
    except Exception as error:
        if isinstance(error, (MemoryError, RuntimeError)) and "memory" in str(error).lower():
            raise
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        raise UserError("invalid_model", f"{name} cannot be loaded as a model: {reason}") from error
