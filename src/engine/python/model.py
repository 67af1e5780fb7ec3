"""Loads a model folder, or says what is wrong with it."""

import os

from messages import UserError


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
    if not any(file in files for file in ("tokenizer.json", "tokenizer.model", "vocab.json")):
        raise UserError("invalid_model", f"{name} is no model folder: it has no tokenizer.")


def choose_device():
    """The fastest device that this machine has, and the number format to compute in there."""
    import torch

    if torch.cuda.is_available():
        return "cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    if torch.backends.mps.is_available():
        return "mps", torch.float32
    return "cpu", torch.float32


def load_tokenizer(name):
    from transformers import AutoTokenizer

    check_model(name)
    tokenizer = AutoTokenizer.from_pretrained(name)
    if tokenizer.chat_template is None:
        raise UserError("invalid_model", f"{name} has no chat template, so it cannot take conversations. Use an instruct model.")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_model(name):
    """The model on its device, with its weights in full precision where it is trained."""
    from transformers import AutoModelForCausalLM

    check_model(name)
    device, dtype = choose_device()
    try:
        return AutoModelForCausalLM.from_pretrained(name, dtype=dtype).to(device)
    except (OSError, ValueError) as error:
        raise UserError("invalid_model", f"{name} cannot be loaded as a model: {error}") from error
