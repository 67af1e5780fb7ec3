"""Preference records as token ids: a prompt, and two answers of which the first is preferred."""

from messages import UserError
from records import answer_length, common_prefix, encode_all, read_lines, render, to_template_message


def read_pairs(file):
    """The records of a JSONL file in OpenAI's preference format."""

    def touch(record):
        for message in (record["input"]["messages"][0], record["preferred_output"][0], record["non_preferred_output"][0]):
            message["role"]

    return read_lines(file, "preference", touch)


def encode_pair(tokenizer, record):
    """A record as `prompt_ids`, `chosen_ids` and `rejected_ids`; both answers end with the token that ends an answer.

    The prompt is what the conversation with each answer has in common with the conversation before it, as for chat records.
    """
    tools = record["input"].get("tools")
    before = [to_template_message(message) for message in record["input"]["messages"]]
    prompt = render(tokenizer, before, tools, True)
    chosen, rejected = ([*before, *map(to_template_message, record[key])] for key in ("preferred_output", "non_preferred_output"))
    chosen, rejected = render(tokenizer, chosen, tools, False), render(tokenizer, rejected, tools, False)
    start = min(common_prefix(prompt, chosen), common_prefix(prompt, rejected))
    return {
        "prompt_ids": prompt[:start],
        "chosen_ids": chosen[start : start + answer_length(tokenizer, chosen[start:])],
        "rejected_ids": rejected[start : start + answer_length(tokenizer, rejected[start:])],
    }


def make_pairs(tokenizer, file, longest):
    """The pairs of a file whose answers can be told apart within `longest` tokens, and how many of its records were cut to them at their end."""
    pairs = encode_all(tokenizer, read_pairs(file), encode_pair)
    cut = sum(length_of(pair) > longest for pair in pairs)
    kept = [cut_pair(pair, longest) for pair in pairs]
    learned = [pair for pair in kept if pair["chosen_ids"] != pair["rejected_ids"] and pair["chosen_ids"] and pair["rejected_ids"]]
    if not learned:
        raise UserError("nothing_to_learn", "No record has two answers to tell apart: they are empty or the same, or lie behind the longest input.")
    return learned, cut


def cut_pair(pair, longest):
    """A pair whose prompt with either answer is at most so many tokens long."""
    room = max(0, longest - len(pair["prompt_ids"]))
    return {"prompt_ids": pair["prompt_ids"][:longest], "chosen_ids": pair["chosen_ids"][:room], "rejected_ids": pair["rejected_ids"][:room]}


def length_of(pair):
    """The tokens of the prompt with the longer answer."""
    return len(pair["prompt_ids"]) + max(len(pair["chosen_ids"]), len(pair["rejected_ids"]))
