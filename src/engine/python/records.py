"""Chat records as token ids, with labels on what is to be learned."""

import json

from messages import UserError

# What transformers' losses leave out.
NOT_LEARNED = -100


def read_records(file):
    """The chat records of a JSONL file."""
    return read_lines(file, "chat", lambda record: record["messages"][0]["role"])


def read_lines(file, kind, touch):
    """The records of a JSONL file; `touch` takes of each what makes it a record of its kind."""
    records = []
    with open(file, encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                touch(record)
            except (ValueError, TypeError, KeyError, IndexError) as error:
                raise UserError("invalid_training_file", f"Line {number} is no {kind} record: {type(error).__name__}: {error}.") from error
            records.append(record)
    return records


def to_template_message(message):
    """A message as chat templates take it: text content, and nothing that only training knows."""
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content if part.get("type") == "text")
    return {**{key: value for key, value in message.items() if key != "weight"}, "content": content or ""}


def common_prefix(left, right):
    """How many items two lists have in common from their start."""
    length = 0
    for one, other in zip(left, right):
        if one != other:
            break
        length += 1
    return length


def encode(tokenizer, record):
    """A record as `input_ids` and `labels`, of one length; the labels are -100 wherever nothing is to be learned.

    Learned are the assistant's answers of weight 1 (the default), each with the token that ends it. Where an answer begins and
    ends is read off the template itself, by rendering the conversation up to there; a template that renders history
    differently from the newest turn agrees on the common beginning only, and that is what counts.
    """
    messages = [to_template_message(message) for message in record["messages"]]

    def template(count, prompt):
        return render(tokenizer, messages[:count], record.get("tools"), prompt)

    ids = template(len(messages), False)
    labels = [NOT_LEARNED] * len(ids)
    for index, message in enumerate(record["messages"]):
        if message["role"] != "assistant" or message.get("weight", 1) == 0:
            continue
        start = common_prefix(template(index, True), ids)
        end = common_prefix(template(index + 1, False), ids)
        end = start + answer_length(tokenizer, ids[start:end])
        labels[start:end] = ids[start:end]
    return {"input_ids": ids, "labels": labels}


def render(tokenizer, messages, tools, prompt):
    """Messages as token ids; `prompt` says that an answer follows."""
    return tokenizer.apply_chat_template(messages, tools=tools, add_generation_prompt=prompt, tokenize=True, return_dict=False)


def answer_length(tokenizer, ids):
    """How many of the tokens of an answer are learned: what a template writes behind the token that ends it is never generated."""
    ends = [at + 1 for at, token in enumerate(ids) if token == tokenizer.eos_token_id]
    return ends[-1] if ends else len(ids)


def make_rows(tokenizer, file, longest):
    """The rows of a file that have something to learn, and how many of its records were cut at their end to `longest` tokens, as OpenAI cuts them."""
    rows = encode_all(tokenizer, read_records(file), encode)
    cut = sum(len(row["input_ids"]) > longest for row in rows)
    kept = [{key: values[:longest] for key, values in row.items()} for row in rows]
    learned = [row for row in kept if any(label != NOT_LEARNED for label in row["labels"])]
    if not learned:
        raise UserError("nothing_to_learn", "No record has an answer to learn: every answer is empty, has weight 0, or lies behind the longest input.")
    return learned, cut


def encode_all(tokenizer, records, encode_one):
    """Every record as its row of token ids."""
    try:
        return [encode_one(tokenizer, record) for record in records]
    except Exception as error:
        # Chat templates refuse what they cannot render, such as roles out of turn, with exceptions of their own.
        raise UserError("invalid_training_file", f"The model's chat template cannot take a record: {error}") from error
