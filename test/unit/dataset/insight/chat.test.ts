import assert from "node:assert/strict";
import { readChat, type Chat } from "../../../../src/dataset/insight/chat.ts";
import { targetNamed } from "../../../../src/dataset/targets/index.ts";
import type { Target } from "../../../../src/dataset/targets/target.ts";

/** A token a word, so that sums can be read. */
const words = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;
const target = (name: string): Target => targetNamed(name) ?? assert.fail(name);
const read = (record: object, name = "openai/sft"): Chat => readChat(JSON.stringify(record), target(name), words) ?? assert.fail("no chat");
const learning = (chat: Chat): string[] => chat.turns.map(({ role, learning: { how } }) => `${role} ${how}`);

const tool = { type: "function", function: { name: "price", description: "Its price.", parameters: { type: "object", properties: { symbol: { type: "string" } }, required: ["symbol"] } } };
const call = (args: object): object => ({ role: "assistant", tool_calls: [{ id: "call_1", type: "function", function: { name: "price", arguments: JSON.stringify(args) } }] });

describe("a record as a chat", () => {
  it("has the turns with their real line breaks, and what stands beside", () => {
    const chat = read({ messages: [{ role: "user", content: "a\nb", name: "Ann" }, { role: "assistant", content: [{ type: "text", text: "c" }] }], label: 1.0 });
    assert.deepEqual(chat.turns.map(({ role, text }) => [role, text]), [["user", "a\nb"], ["assistant", "c"]]);
    assert.deepEqual(chat.turns[0]?.more, [{ key: "name", json: '"Ann"' }]);
    assert.deepEqual([chat.format, chat.rest], ["OpenAI chat", [{ key: "label", json: "1" }]]);
  });

  it("lays out the arguments of calls, and holds them to what is declared", () => {
    const [right, wrong, unknown] = [call({ symbol: "X" }), call({ amount: 1 }), { role: "assistant", tool_calls: [{ function: { name: "other", arguments: "{}" } }] }];
    const { turns, tools } = read({ messages: [{ role: "user", content: "?" }, right, wrong, unknown], tools: [tool] });
    assert.deepEqual(turns.flatMap(({ calls }) => calls.map(({ name, fit }) => [name, fit])), [["price", "fits"], ["price", "faulty"], ["other", "unknown"]]);
    assert.deepEqual([turns[1]?.calls[0]?.json, turns[1]?.calls[0]?.id], ['{\n  "symbol": "X"\n}', "call_1"]);
    assert.match(turns[2]?.calls[0]?.faults.join() ?? "", /the arguments object has no "symbol", which is required\./);
    assert.deepEqual(tools.map(({ name, description }) => [name, description]), [["price", "Its price."]]);
  });

  it("says what is learnt: the assistant's answers but for those of weight 0", () => {
    const record = { messages: [{ role: "system", content: "s" }, { role: "user", content: "q" }, { role: "assistant", content: "a", weight: 0 }, { role: "assistant", content: "b" }] };
    assert.deepEqual(learning(read(record)), ["system masked", "user masked", "assistant masked", "assistant learnt"]);
    assert.deepEqual(learning(read(record, "axolotl/sft")), ["system masked", "user masked", "assistant learnt", "assistant learnt"]);
    assert.deepEqual(learning(read(record, "trl/sft")), ["system learnt", "user learnt", "assistant learnt", "assistant learnt"]);
    assert.deepEqual(learning(read(record, "openai/rft")), ["system masked", "user masked", "assistant masked", "assistant masked"]);
  });

  it("tells the preferred answer of a pair from the rejected one, and texts by what they are for", () => {
    const message = (role: string, content: string): object[] => [{ role, content }];
    assert.deepEqual(learning(read({ input: { messages: message("user", "q") }, preferred_output: message("assistant", "a"), non_preferred_output: message("assistant", "b") }, "openai/dpo")), ["user masked", "assistant learnt", "assistant avoided"]);
    assert.deepEqual(learning(read({ prompt: "q", completion: "a" }, "trl/sft")), ["prompt masked", "completion learnt"]);
    assert.deepEqual(learning(read({ prompt: "q", completion: "a" }, "mlx-lm/sft")), ["prompt learnt", "completion learnt"]);
  });

  it("counts the tokens of each turn, and says from where on the target cuts", () => {
    const turn = (role: string, count: number): object => ({ role, content: "w ".repeat(count) });
    const short = { ...target("openai/sft"), tokens: { limit: 30, beyond: "cut" } as const };
    const chat = readChat(JSON.stringify({ messages: [turn("user", 10), turn("assistant", 20), turn("user", 1)] }), short, words);
    // Three of the framing and one of the role.
    assert.deepEqual(chat?.turns.map(({ tokens, kept }) => [tokens, kept]), [[14, "whole"], [24, "beginning"], [5, "nothing"]]);
    assert.deepEqual([chat?.tokens, chat?.limit], [46, { tokens: 30, beyond: "cut" }]);
  });

  it("has pictures by their address or their bytes", () => {
    const { turns } = read({ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] }] });
    assert.deepEqual(turns[0]?.media, [{ kind: "image", address: "data:image/png;base64,AAAA" }]);
  });

  it("is none where nobody says anything, or the line is no record", () => {
    for (const line of ["", "{", "[1]", '{"unknown": 1}', '{"messages": []}']) assert.equal(readChat(line, target("openai/sft"), words), undefined, line);
  });
});
