"""Token ids as OpenAI's logprobs show them: text, bytes and log probability."""

import re

# OpenAI's stand-in for a token of probability 0, since JSON has no infinity.
LEAST = -9999.0


def byte_level_bytes():
    """The byte that each character of a byte-level vocabulary stands for (GPT-2's table: printable bytes for themselves, the others from 256 on)."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    return {**{chr(byte): byte for byte in printable}, **{chr(256 + at): byte for at, byte in enumerate(others)}}


class TokenTexts:
    """The tokens of one tokenizer."""

    def __init__(self, tokenizer):
        self._tokenizer = tokenizer
        self._special = set(tokenizer.get_added_vocab().values())
        self._bytes = byte_level_bytes() if "ByteLevel" in repr(tokenizer.backend_tokenizer.decoder) else None

    def bytes_of(self, token):
        """The bytes that a token adds to a text; of many tokens they are no whole characters."""
        piece = self._tokenizer.convert_ids_to_tokens(token)
        if token in self._special:
            return piece.encode()
        if self._bytes is not None and all(character in self._bytes for character in piece):
            return bytes(self._bytes[character] for character in piece)
        fallback = re.fullmatch(r"<0x([0-9A-Fa-f]{2})>", piece)
        return bytes([int(fallback[1], 16)]) if fallback else piece.replace("\u2581", " ").encode()

    def show(self, token, logprob):
        """A token as `{"token", "bytes", "logprob"}`."""
        data = self.bytes_of(token)
        return {"token": data.decode("utf-8", errors="replace"), "bytes": list(data), "logprob": max(float(logprob), LEAST)}
