"""Writes a model with an adapter fused into its weights as an ordinary model folder: `fuse.py BASE_MODEL ADAPTER OUT_FOLDER`."""

import os
import sys

from messages import UserError, describe, end_with_parent, take_standard_output


def main(base, adapter, out):
    from peft import PeftModel
    from model import from_pretrained, load_tokenizer
    from transformers import AutoModelForCausalLM

    tokenizer = load_tokenizer(base)
    if not os.path.isfile(os.path.join(adapter, "adapter_config.json")):
        raise UserError("invalid_model", f"{adapter} holds no adapter (adapter_config.json); it may have been deleted.")
    # On the processor, whose memory holds what a graphics card's may not; in the numbers that the model is kept in.
    model = PeftModel.from_pretrained(from_pretrained(AutoModelForCausalLM, base, dtype="auto"), adapter)
    # Refuses weights that are not numbers, rather than to write them.
    model = model.merge_and_unload(safe_merge=True)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


if __name__ == "__main__":
    send = take_standard_output()
    end_with_parent()
    try:
        main(*sys.argv[1:])
        send({"type": "done"})
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is told
        send(describe(error, os.path.dirname(sys.argv[3])))
        os._exit(1)
    os._exit(0)
