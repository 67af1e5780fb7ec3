"""Whether a training fits into the memory that is free, told before the weights are loaded.

The rule of thumb, in bytes:
- the model's weights: parameters x bytes of the number format;
- the adapter: parameters x 16, for weight, gradient and Adam's two moments in 32 bits
  (Hugging Face, "Model training anatomy": 4 + 4 + 8 bytes for each trained parameter);
- activations: 34 x tokens x width x layers in 16 bits, twice that in 32 (Korthikanti et al. 2022, "Reducing Activation Recomputation in Large
  Transformer Models", equation 2, without the attention scores, which are not kept). Layers below the adapter keep none;
- logits: tokens x vocabulary x 4, three times: themselves, their softmax and their gradient;
- the libraries: 0.8 GB, as measured with PyTorch 2.15 and TRL 1.16 on Linux.
With SmolLM2-135M, rank 8, four records of 90 tokens it says 2.0 GB; 2.3 GB were measured.
"""

from messages import UserError

GIGABYTE = 1e9
LIBRARIES = 0.8 * GIGABYTE


def count_parameters(config):
    """The parameters of a model of this configuration, without making it."""
    import torch
    from transformers import AutoModelForCausalLM

    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config, trust_remote_code=False)
    # Embeddings that serve as the output too are one and the same, and counted once.
    return sum(parameter.numel() for parameter in model.parameters()), sum(
        module.in_features + module.out_features for name, module in model.named_modules() if isinstance(module, torch.nn.Linear) and not name.endswith("lm_head")
    )


def needed_memory(config, request, tokens, bytes_per_number):
    """What a training needs by the rule of thumb, part by part; `tokens` are computed at once."""
    text = config.get_text_config()
    parameters, widths = count_parameters(config)
    layers = min(request.get("lora_layers") or text.num_hidden_layers, text.num_hidden_layers)
    share = layers / text.num_hidden_layers
    return {
        "model": parameters * bytes_per_number,
        "adapter": int(widths * share) * request["lora_rank"] * 16,
        "activations": 34 * tokens * text.hidden_size * layers * bytes_per_number // 2,
        "logits": 3 * 4 * tokens * text.vocab_size,
        "libraries": LIBRARIES,
    }


def free_memory(device):
    """The bytes that are free on a device, within what the process's container allows."""
    import psutil
    import torch

    if device == "cuda":
        return torch.cuda.mem_get_info()[0]
    free = psutil.virtual_memory().available
    try:
        with open("/sys/fs/cgroup/memory.max", encoding="ascii") as most, open("/sys/fs/cgroup/memory.current", encoding="ascii") as now:
            return min(free, int(most.read()) - int(now.read()))
    except (OSError, ValueError):
        # No container, or one without a limit ("max").
        return free


def check_memory(config, request, tokens, device, bytes_per_number):
    """Refuse what does not fit, with both numbers and what to do. A model of an architecture that cannot be counted is not refused."""
    try:
        parts = needed_memory(config, request, tokens, bytes_per_number)
    except Exception:  # noqa: BLE001 - the rule is a help, and what cannot be loaded is told when it is loaded
        return
    needed, free = sum(parts.values()), free_memory(device)
    if needed <= free:
        return
    told = ", ".join(f"{name} {size / GIGABYTE:.1f} GB" for name, size in parts.items() if size >= 0.05 * GIGABYTE)
    where = "on the graphics card" if device == "cuda" else "on this machine"
    raise UserError(
        "not_enough_memory",
        f"The training needs about {needed / GIGABYTE:.1f} GB of memory ({told}); {free / GIGABYTE:.1f} GB are free {where}. "
        "Use a smaller model, shorter records, fewer LoRA layers or a smaller batch size, or end other programs.",
    )
