import assert from "node:assert/strict";
import { convertRecord } from "../../../../src/dataset/convert/convert-record.ts";
import type { Feature } from "../../../../src/dataset/convert/features.ts";
import { features } from "../../../../src/dataset/convert/features.ts";
import { findTargetFormat, sourceFormats, targetFormats } from "../../../../src/dataset/convert/index.ts";
import { formats } from "../../../../src/dataset/formats/index.ts";

const to = (id: string) => findTargetFormat(id) ?? assert.fail(id);
const convert = (record: unknown, id: string) => convertRecord(typeof record === "string" ? record : JSON.stringify(record), to(id));
/** The record that comes out whole. */
const become = (record: unknown, id: string): unknown => {
  const converted = convert(record, id);
  assert.ok("line" in converted, "refusal" in converted ? converted.refusal : "");
  assert.deepEqual(converted.losses, []);
  return JSON.parse(converted.line);
};
const losses = (record: unknown, id: string): readonly string[] => {
  const converted = convert(record, id);
  assert.ok("line" in converted, "refusal" in converted ? converted.refusal : "");
  return converted.losses.map(({ path, reason }) => `${path}: ${reason}`);
};
const refusal = (record: unknown, id = "openai-chat"): string => {
  const converted = convert(record, id);
  return "refusal" in converted ? converted.refusal : "";
};
const user = { role: "user", content: "q" };
const assistant = { role: "assistant", content: "a" };

describe("converting a record", () => {
  it("reads every format that is recognised", () => {
    assert.deepEqual(sourceFormats.map(({ id }) => id).sort(), formats.map(({ id }) => id).sort());
  });

  describe("reads", () => {
    const plain = { messages: [{ role: "system", content: "s" }, user, assistant] };
    const records: Readonly<Record<string, unknown>> = {
      "a prompt and its completion": { prompt: "q", completion: "a" },
      "lists of messages": { prompt: [user], completion: [assistant] },
      "Claude on Bedrock": { system: "s", messages: [user, assistant] },
      "Cohere": { messages: [{ role: "System", content: "s" }, { role: "User", content: "q" }, { role: "Chatbot", content: "a" }] },
      "Mistral's interactions": { interactions: [{ role: "system", content: "s" }, user, { role: "assistant", text: "a" }] },
      "ShareGPT": { conversations: [{ from: "human", value: "q" }, { from: "gpt", value: "a" }], system: "s", tools: "[]" },
      "OpenAI's messages under ShareGPT's key": { conversations: [{ role: "system", content: "s" }, user, assistant] },
      "Alpaca": { instruction: "q", input: "", output: "a", system: "s", history: [] },
      "Gemini": { systemInstruction: { parts: [{ text: "s" }] }, contents: [{ role: "user", parts: [{ text: "q" }] }, { role: "model", parts: [{ text: "a" }] }] },
      "Gemini in snake case": { system_instruction: { role: "system", parts: { text: "s" } }, contents: [{ parts: [{ text: "q" }] }, { role: "model", parts: [{ text: "a" }] }] },
      "Bedrock": { schemaVersion: "bedrock-conversation-2024", system: [{ text: "s" }], messages: [{ role: "user", content: [{ text: "q" }] }, { role: "assistant", content: [{ text: "a" }] }] },
    };
    for (const [name, record] of Object.entries(records)) {
      it(name, () => {
        const messages = JSON.stringify(record).includes('"s"') ? plain.messages : plain.messages.slice(1);
        assert.deepEqual(become(record, "openai-chat"), { messages });
      });
    }

    it("a prompt without an answer", () => {
      assert.deepEqual(become({ prompt: "q" }, "openai-chat"), { messages: [user] });
      assert.match(refusal({ prompt: "q" }, "alpaca"), /prompt has no answer behind it/);
    });

    it("preferences of every kind", () => {
      const expected = { input: { messages: [user] }, preferred_output: [assistant], non_preferred_output: [{ role: "assistant", content: "b" }] };
      const bad = { role: "assistant", content: "b" };
      for (const record of [
        { prompt: "q", chosen: "a", rejected: "b" },
        { prompt: [user], chosen: [assistant], rejected: [bad] },
        { chosen: [user, assistant], rejected: [user, bad] },
        { messages: [user], chosen: assistant, rejected: bad },
        { instruction: "q", chosen: "a", rejected: "b", output: "" },
        { conversations: [{ from: "human", value: "q" }], chosen: { from: "gpt", value: "a" }, rejected: { from: "gpt", value: "b" } },
        { contents: [{ role: "user", parts: [{ text: "q" }] }], completions: [{ score: 0, completion: { role: "model", parts: [{ text: "b" }] } }, { score: 1.0, completion: { role: "model", parts: [{ text: "a" }] } }] },
        { input: { messages: [user] }, preferred_completion: [assistant], non_preferred_completion: [bad] },
      ]) assert.deepEqual(become(record, "sharegpt"), { conversations: [{ from: "human", value: "q" }], chosen: { from: "gpt", value: "a" }, rejected: { from: "gpt", value: "b" } }, JSON.stringify(record));
      assert.deepEqual(become({ prompt: "q", chosen: "a", rejected: "b" }, "openai-preference"), expected);
    });

    it("functions and calls of before as tools", () => {
      const record = {
        messages: [user, { role: "assistant", content: null, function_call: { name: "f", arguments: "{}" } }, { role: "function", name: "f", content: "1" }, assistant],
        functions: [{ name: "f", parameters: { type: "object" } }],
      };
      assert.deepEqual(become(record, "mistral"), {
        messages: [user, { role: "assistant", tool_calls: [{ id: "call00001", type: "function", function: { name: "f", arguments: "{}" } }] }, { role: "tool", tool_call_id: "call00001", content: "1" }, assistant],
        tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
      });
    });

    it("labels of answers, steps of an answer", () => {
      assert.deepEqual(become({ prompt: "q", completion: "a", label: false }, "alpaca"), { instruction: "q", input: "", output: "a", kto_tag: false });
      assert.deepEqual(losses({ prompt: "q", completions: ["a", "b"], labels: [true, false] }, "openai-chat"), ["labels: OpenAI chat has no place for it"]);
    });
  });

  describe("keeps", () => {
    it("literals inside of what it does not look into", () => {
      const record = '{"messages": [{"role": "user", "content": "\\u00e9"}, {"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{\\"n\\": 12345678901234567890, \\"x\\": 1.0}"}}]}], "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {"n": {"type": "integer", "maximum": 12345678901234567890}}}}}]}';
      for (const id of ["vertex", "bedrock"]) {
        const converted = convert(record, id);
        assert.ok("line" in converted && converted.line.includes('{"n": 12345678901234567890, "x": 1.0}') && converted.line.includes('"maximum": 12345678901234567890'), JSON.stringify(converted));
      }
    });

    it("a record that is in the format already, on one line", () => {
      assert.deepEqual(convert('{"instruction": "a",\n  "output": 1.0}'.replace("1.0", '"\\u00e9"'), "alpaca"), { line: '{"instruction": "a", "output": "\\u00e9"}', losses: [] });
    });

    it("which result belongs to which call where there are no ids", () => {
      const calls = ["x", "y"].map((name) => ({ id: name, type: "function", function: { name, arguments: "{}" } }));
      const result = (id: string) => ({ role: "tool", tool_call_id: id, content: id });
      const record = (...ids: string[]) => ({ messages: [user, { role: "assistant", tool_calls: calls }, ...ids.map(result), assistant] });
      assert.deepEqual(losses(record("x", "y"), "sharegpt"), []);
      assert.equal(losses(record("y", "x"), "sharegpt").length, 2);
      assert.deepEqual(losses(record("y", "x"), "vertex"), [], "Gemini's results name the tool");
      assert.match(refusal({ messages: [user, result("z"), assistant] }, "vertex"), /messages\[1\] is the result of a call that the record does not have/);
    });
  });

  describe("refuses, whatever one is ready to lose", () => {
    it("a speaker that nobody knows", () => {
      assert.match(refusal({ messages: [{ role: "narrator", content: "x" }] }), /messages\[0\]\.role is "narrator", which is no known speaker/);
      assert.match(refusal({ messages: [{ role: "toString", content: "x" }] }), /no known speaker/);
      assert.match(refusal({ messages: [{ content: "x" }] }), /messages\[0\] has no role/);
      assert.match(refusal({ conversations: [{ from: "alien", value: "x" }] }), /conversations\[0\]\.from is "alien"/);
      assert.match(refusal({ contents: [{ role: "assistant", parts: [] }] }), /contents\[0\]\.role is "assistant"/);
    });

    it("a missing rejected answer", () => {
      for (const id of ["openai-preference", "trl-preference"]) assert.match(refusal({ messages: [user, assistant] }, id), /no rejected answer/);
      for (const record of [{ prompt: "q", chosen: "a" }, { instruction: "q", chosen: "a" }, { conversations: [], chosen: {} }, { input: { messages: [user] }, preferred_output: [assistant] }, { contents: [], completions: [{ score: 1, completion: { parts: [] } }] }]) {
        assert.match(refusal(record), /no rejected answer/, JSON.stringify(record));
      }
    });

    it("raw text", () => {
      for (const { id } of targetFormats) assert.match(refusal({ text: "x" }, id), /raw text/);
      assert.match(refusal({ chosen: "q a", rejected: "q b" }), /raw texts without a prompt/);
    });

    it("what cannot be read or written", () => {
      assert.match(refusal("{"), /not valid JSON/);
      assert.match(refusal("[]"), /no JSON object/);
      assert.match(refusal({ question: "q" }), /no format that can be converted/);
      assert.match(refusal({ messages: [{ role: "user", content: 5 }] }), /messages\[0\]\.content is a number/);
      assert.match(refusal({ messages: [{ role: "assistant", tool_calls: [{ function: { name: "f", arguments: "{" } }] }] }, "bedrock"), /arguments of the call are no JSON object/);
      assert.match(refusal({ messages: [user, user, assistant] }, "alpaca"), /messages\[0\] has no answer behind it/);
    });
  });

  describe("tells as lost", () => {
    it("keys that have no place, except those that say nothing", () => {
      assert.deepEqual(losses({ messages: [{ ...user, mood: 1 }, assistant], "odd key": [], none: null }, "sharegpt"), ["messages[0].mood: ShareGPT has no place for it", '["odd key"]: ShareGPT has no place for it']);
      assert.deepEqual(losses('{"messages": [{"role": "user", "content": "a", "content": "b"}, {"role": "assistant", "content": "c"}]}', "alpaca"), ["messages[0].content: Alpaca has no place for two values of one key"]);
    });

    it("system messages behind the first, which are joined to it", () => {
      const record = { messages: [{ role: "system", content: "s" }, user, assistant, { role: "system", content: "t" }, user, assistant] };
      assert.deepEqual(losses(record, "vertex"), ["messages[3]: Gemini has one system message, before all others; this one would be joined to it"]);
    });

    const witness: Readonly<Record<Feature, unknown>> = {
      tools: { tools: [{ type: "function", function: { name: "f" } }] },
      "strict-tools": { tools: [{ type: "function", function: { name: "f", strict: true } }] },
      "tool-calls": { messages: [user, { role: "assistant", tool_calls: [{ id: "call00001", type: "function", function: { name: "f", arguments: "{}" } }] }, { role: "tool", tool_call_id: "call00001", content: "1" }, assistant] },
      "parallel-tool-calls": { parallel_tool_calls: false },
      images: { messages: [{ role: "user", content: [{ type: "text", text: "q" }, { type: "image_url", image_url: { url: "s3://b/a.png" } }] }, assistant] },
      "image-detail": { messages: [{ role: "user", content: [{ type: "text", text: "q" }, { type: "image_url", image_url: { url: "s3://b/a.png", detail: "low" } }] }, assistant] },
      "media-types": { contents: [{ role: "user", parts: [{ text: "q" }, { fileData: { mimeType: "image/png", fileUri: "s3://b/a" } }] }, { role: "model", parts: [{ text: "a" }] }] },
      videos: { contents: [{ role: "user", parts: [{ text: "q" }, { fileData: { mimeType: "video/mp4", fileUri: "s3://b/a.mp4" } }] }, { role: "model", parts: [{ text: "a" }] }] },
      audio: { contents: [{ role: "user", parts: [{ text: "q" }, { fileData: { mimeType: "audio/wav", fileUri: "s3://b/a.wav" } }] }, { role: "model", parts: [{ text: "a" }] }] },
      documents: { contents: [{ role: "user", parts: [{ text: "q" }, { fileData: { mimeType: "application/pdf", fileUri: "s3://b/a.pdf" } }] }, { role: "model", parts: [{ text: "a" }] }] },
      "openai-parts": { messages: [{ role: "user", content: [{ type: "text", text: "q" }, { type: "file", file: {} }] }, assistant] },
      "several-parts": { messages: [{ role: "user", content: [{ type: "text", text: "q" }, { type: "text", text: "r" }] }, assistant] },
      "developer-role": { messages: [{ role: "developer", content: "s" }, user, assistant] },
      "several-systems": { messages: [{ role: "system", content: "s" }, { role: "system", content: "t" }, user, assistant] },
      names: { messages: [{ ...user, name: "Ann" }, assistant] },
      weights: { messages: [user, { ...assistant, weight: 0 }] },
      refusals: { messages: [user, { ...assistant, refusal: "no" }] },
      reasoning: { messages: [user, { ...assistant, reasoning_content: "hm" }] },
      "rejected-answers": { prompt: "q", chosen: "a", rejected: "b" },
      labels: { prompt: "q", completion: "a", label: true },
    };
    for (const target of targetFormats) {
      it(`exactly what ${target.id} does not say that it holds`, () => {
        for (const feature of Object.keys(features) as Feature[]) {
          const needsPair = /preference/.test(target.id);
          const given = { messages: [user, assistant], ...(witness[feature] as object) };
          const base = "contents" in given || "prompt" in given ? witness[feature] : given;
          const record = needsPair && feature !== "rejected-answers" ? asPair(base, target.id) : base;
          if (record === undefined) continue;
          const told = losses(record, target.id).join("\n");
          assert.equal(told === "", target.holds.has(feature), `${feature}: ${told}`);
        }
      });
    }
  });
});

/** The record with a rejected answer beside its last one, in another format than the target's; nothing where there is no form for that. */
function asPair(record: unknown, target: string): unknown {
  const { messages, tools, parallel_tool_calls, contents, label } = record as { messages?: unknown[]; tools?: unknown; parallel_tool_calls?: unknown; contents?: unknown[]; label?: boolean };
  if (label !== undefined) return undefined;
  const rejected = { role: "assistant", content: "b" };
  if (contents) return { contents: contents.slice(0, -1), completions: [{ score: 1, completion: contents.at(-1) }, { score: 0, completion: { role: "model", parts: [{ text: "b" }] } }] };
  if (target === "openai-preference" && parallel_tool_calls === undefined) return { prompt: messages?.slice(0, -1), chosen: messages?.slice(-1), rejected: [rejected], tools };
  return { input: { messages: messages?.slice(0, -1), tools, parallel_tool_calls }, preferred_output: messages?.slice(-1), non_preferred_output: [rejected] };
}
