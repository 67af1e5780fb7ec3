"""Makes an adapter that everything else here reads (PEFT's form) of one of mlx-lm's: `mlx_adapter.py MLX_FOLDER WEIGHTS BASE_MODEL OUT_FOLDER`.

mlx-lm computes x·a·b·scale, with `lora_a` of shape (inputs, rank) and `lora_b` of (rank, outputs); PEFT computes x·Aᵀ·Bᵀ·alpha/rank with both transposed.
Source: mlx_lm/tuner/lora.py, peft/tuners/lora/layer.py.
"""

import json
import os
import re
import shutil
import sys


def convert(mlx_folder, weights, base, out):
    from safetensors.numpy import load_file, save_file

    with open(os.path.join(mlx_folder, "adapter_config.json"), encoding="utf-8") as file:
        lora = json.load(file)["lora_parameters"]
    tensors, modules, layers = {}, set(), set()
    for name, value in load_file(weights).items():
        module, side = re.fullmatch(r"(.+)\.lora_([ab])", name).groups()
        tensors[f"base_model.model.{module}.lora_{side.upper()}.weight"] = value.T.copy()
        modules.add(module.rsplit(".", 1)[-1])
        layers.update(int(number) for number in re.findall(r"\.layers\.(\d+)\.", f".{module}."))
    os.makedirs(out, exist_ok=True)
    save_file(tensors, os.path.join(out, "adapter_model.safetensors"), metadata={"format": "pt"})
    # For a training that goes on from here.
    shutil.copyfile(weights, os.path.join(out, "adapters.safetensors"))
    config = {
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": base, "inference_mode": True, "bias": "none",
        "r": lora["rank"], "lora_alpha": lora["scale"] * lora["rank"], "lora_dropout": lora["dropout"],
        "target_modules": sorted(modules), "layers_to_transform": sorted(layers),
    }
    # Written last: a folder without it is no adapter.
    with open(os.path.join(out, "adapter_config.json"), "w", encoding="utf-8") as file:
        json.dump(config, file, indent=2)


if __name__ == "__main__":
    convert(*sys.argv[1:])
