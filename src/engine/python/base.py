"""A base model in memory, with the adapters that were asked for last."""

import contextlib
import os
from collections import OrderedDict

from messages import UserError
from model import load_model, load_tokenizer
from token_texts import TokenTexts

# How many adapters stay loaded on a base model; one of rank 8 takes about 10 MB.
KEPT_ADAPTERS = 8


class Base:
    """Tokenizer and model; adapters are put onto the model when they are first asked for."""

    def __init__(self, name):
        self.name = name
        self.tokenizer = load_tokenizer(name)
        # Answers grow at the right end, so shorter prompts of a batch are padded at the left.
        self.tokenizer.padding_side = "left"
        self.texts = TokenTexts(self.tokenizer)
        self.model = load_model(name).eval()
        self._adapters = OrderedDict()
        self._loaded = 0

    def choose(self, adapter):
        """Make ready to answer with the adapter of a folder, or with none; gives the context to answer in."""
        from peft import PeftModel

        if adapter is None:
            return self.model.disable_adapter() if isinstance(self.model, PeftModel) else contextlib.nullcontext()
        key = (adapter, weights_time(adapter))
        if key not in self._adapters:
            self._load(key)
        self._adapters.move_to_end(key)
        self.model.set_adapter(self._adapters[key])
        return contextlib.nullcontext()

    def _load(self, key):
        from peft import PeftModel

        self._loaded += 1
        name = f"adapter{self._loaded}"
        try:
            if isinstance(self.model, PeftModel):
                self.model.load_adapter(key[0], adapter_name=name)
            else:
                self.model = PeftModel.from_pretrained(self.model, key[0], adapter_name=name).eval()
        except (OSError, ValueError, RuntimeError) as error:
            raise UserError("invalid_model", f"The adapter {key[0]} does not fit the model {self.name}: {str(error).strip().splitlines()[0]}") from error
        self._adapters[key] = name
        if len(self._adapters) > KEPT_ADAPTERS:
            _, oldest = self._adapters.popitem(last=False)
            self.model.delete_adapter(oldest)


def weights_time(folder):
    """When an adapter's weights were written: a folder that was trained anew is another adapter."""
    if not os.path.isfile(os.path.join(folder, "adapter_config.json")):
        raise UserError("invalid_model", f"{folder} holds no adapter (adapter_config.json); it may have been deleted.")
    return max(entry.stat().st_mtime_ns for entry in os.scandir(folder) if entry.name.startswith("adapter_"))
