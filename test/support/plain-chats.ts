import fc from "fast-check";
import { recordRules } from "../../src/dataset/rules/index.ts";
import { targets } from "../../src/dataset/targets/index.ts";

/** What the rules search plain chats for. */
export const markers = recordRules.flatMap((rule) => rule.markers ?? []);

/** The targets that take plain chats. */
export const chatTargets = targets.filter(({ formats, method }) => method === "sft" && formats.includes("chat"));

export const user = '{"role":"user","content":"a"}';
export const assistant = '{"role":"assistant","content":"b"}';
export const chat = (...messages: string[]): string => `{"messages":[${messages.join(",")}]}`;

/** Members of a message as they may be written: some twice, some escaped, with spaces or without. */
const text = fc.constantFrom('"a"', '"b \\" c"', '"\\u0022"', '""', '" "', "null", '["a"]', '"\\ud800"', '"😀"');
const member = fc.oneof(
  fc.tuple(fc.constantFrom('"role"', '"r\\u006fle"'), fc.constantFrom('"user"', '"assistant"', '"User"', '"system"', "1")),
  fc.tuple(fc.constantFrom('"content"', '"weight"', '"__proto__"', '"\\u0022"'), text),
).map(([key, value]) => `${key}: ${value}`);
const message = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(user, assistant) }, { weight: 2, arbitrary: fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(",")}}`) });
/** Lines that are records of messages, or nearly. */
export const recordLine = fc.tuple(fc.oneof(fc.array(message, { maxLength: 4 }), fc.array(message, { maxLength: 2 }).map((more) => [...more, user, assistant])), fc.constantFrom("", ',"messages":[]', ',"tools":[]', " "), fc.constantFrom("", " ", "\t")).map(([messages, more, space]) => `${space}{"messages":${space}[${messages.join(",")}]${more}}`);

/** What the rules about texts look for, and what is only like it. */
export const piece = fc.constantFrom(
  "word", "sentence.", "A", "and", "the", ",", "\n", "<|im_start|>", "<|", "<\uFF5Ceos\uFF5C>", "<s>", "</s>", "[INST]", "<end_of_turn>", "### Response:", "\n### Instruction:\n", "Human:", "\nHuman:", "Assistant:", "{{name}}", "{name}", "{input}", "{context}", "{question}", "{",
  "null", "None", "undefined", "caf\u00C3\u00A9", "don\u00E2\u20AC\u2122t", "\u00E2\u0080\u0099", "\u00F0\u0178\u2122\u201A", "\u00D0\u0178\u00D1\u20AC", "\u00C3", "\uFFFD", "\uD800", "\u{1F600}", "As an AI language model", "As an AI,", "I'm sorry, but I can't assist with that.", "I cannot fulfill your request", "As of my last update", "As of my latest knowledge update",
  "<think>", "<image>", "```", '{"a": 1', "1. item", "https://example.com/a", "#tag", "\u3002",
);
const plain = fc.constantFrom("word", "A", "sentence.", "{", "1. item", "\u3002", "caf\u00E9", "<b>", "\u2019s");
const mostlyPlain = fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: piece });
/** What somebody says. */
export const said = fc.oneof(fc.array(piece, { minLength: 1, maxLength: 2 }), fc.array(mostlyPlain, { minLength: 1, maxLength: 5 }), fc.array(mostlyPlain, { minLength: 30, maxLength: 40 })).chain((pieces) => fc.constantFrom("", " ", "\n").map((between) => pieces.join(between)));

/** Ways to write a string as JSON: as it is, all as escapes, some as escapes of either letter case, with slashes escaped as PHP does. */
export const escaping = fc.constantFrom<(text: string) => string>(
  JSON.stringify,
  (text) => JSON.stringify(text).replace(/\//g, "\\/"),
  (text) => JSON.stringify(text).replace(/[<>&\u007F-\uFFFF]/g, escaped),
  (text) => `"${[...Array(text.length).keys()].map((index) => escaped(text.charAt(index))).join("")}"`,
  (text) => `"${[...Array(text.length).keys()].map((index) => (index % 3 === 0 ? escaped(text.charAt(index)).replace(/[a-f]/g, (digit) => digit.toUpperCase()) : JSON.stringify(text.charAt(index)).slice(1, -1))).join("")}"`,
);

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
