import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { openChatTokens } from "../../../src/workers/chat-template-tokens.ts";
import { countFileTokens } from "../../../src/workers/count-tokens.ts";
import { scratchFolder } from "../../support/scratch.ts";

/** A tokenizer of words, in the form of Hugging Face's libraries: each word and each mark is a token. The real one is tried in test/engine. */
const tokenizer = {
  version: "1.0", truncation: null, padding: null, normalizer: null, pre_tokenizer: { type: "Whitespace" }, post_processor: null, decoder: null,
  added_tokens: ["<s>", "</s>"].map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
  model: { type: "WordLevel", vocab: { "<s>": 0, "</s>": 1, "[UNK]": 2 }, unk_token: "[UNK]" },
};
const template = "{% for message in messages %}{% if message.role == 'narrator' %}{{ raise_exception('no narrator') }}{% endif %}{{ bos_token + message['role'] + ' ' + message['content'] + eos_token }}{% endfor %}{% if tools %}tools {{ tools | length }}{% endif %}";

describe("counting in a model's own tokenizer", () => {
  const scratch = scratchFolder();
  const folder = (name: string, config: object): string => {
    mkdirSync(scratch.path(name));
    scratch.file(`${name}/tokenizer.json`, JSON.stringify(tokenizer));
    scratch.file(`${name}/tokenizer_config.json`, JSON.stringify({ tokenizer_class: "PreTrainedTokenizerFast", bos_token: "<s>", eos_token: { content: "</s>" }, ...config }));
    return scratch.path(name);
  };
  const line = (messages: object[], more: object = {}): string => JSON.stringify({ messages, ...more });

  it("counts a conversation as the chat template writes it, parts joined and weights left out, as the engine does", () => {
    const count = openChatTokens(folder("chat", { chat_template: template }));
    // <s> user one two </s> <s> assistant three </s>
    assert.equal(count(line([{ role: "user", content: "one two" }, { role: "assistant", content: "three", weight: 0 }])).tokens, 9);
    assert.equal(count(line([{ role: "user", content: [{ type: "text", text: "one " }, { type: "text", text: "two" }] }])).tokens, 5);
    assert.deepEqual(count(line([{ role: "user", content: "one" }], { tools: [{ type: "function" }] })), { tokens: 4 + 2, more: false });
  });

  it("counts by the texts what is no conversation, or what the template refuses", () => {
    const count = openChatTokens(folder("texts", { chat_template: template }));
    assert.equal(count('{"prompt":"one two","completion":"three"}').tokens, 3 + 3);
    assert.equal(count(line([{ role: "narrator", content: "one" }])).tokens, 3 + 3 + 1 + 1);
    assert.equal(count("{").tokens, 0);
  });

  it("reads a template that lies in a file of its own, and counts whole files", async () => {
    const own = folder("own", {});
    scratch.file("own/chat_template.jinja", "{% for message in messages %}{{ message.content }} {% endfor %}");
    const path = scratch.file("two.jsonl", `${line([{ role: "user", content: "one two" }])}\n${line([{ role: "user", content: "three" }])}\n`);
    const { records, tokens, longest } = await countFileTokens(path, { encoding: "o200k_base", folder: own });
    assert.deepEqual([records, tokens, longest], [2, 3, { line: 0, tokens: 2 }]);
  });

  it("says in words when the folder cannot be read", () => {
    assert.throws(() => openChatTokens(scratch.path("none")), /Cannot read .+tokenizer_config\.json: /);
  });
});
