import assert from "node:assert/strict";
import { sourceOf } from "../../../src/dataset/lines.ts";
import { lintOnce, type LintResult } from "../../../src/dataset/lint.ts";
import { defaultSettings } from "../../../src/dataset/rule-settings.ts";
import { createLeakSearch } from "../../../src/dataset/similarity/leaks.ts";
import type { Side } from "../../../src/dataset/similarity/side.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";

let state = 11;
const next = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % below;
};
const words = (count: number): string => Array.from({ length: count }, () => `w${next(5000).toString(36)}q`).join(" ");
type Message = readonly [role: "system" | "user" | "assistant", content: string];
const chat = (...messages: readonly Message[]): string => JSON.stringify({ messages: messages.map(([role, content]) => ({ role, content })) });
const simple = (question: string, answer: string): string => chat(["user", question], ["assistant", answer]);

/** A set to train with, of which it is known what is wrong with it, and one to judge by. Records stand at fixed lines; words are drawn by a fixed seed. */
const base = Array.from({ length: 300 }, () => ({ question: words(14), answer: words(60) }));
const at = (place: number): (typeof base)[number] => base[place] ?? { question: "", answer: "" };

/** What is found, by line, and in the words of the message the other line. */
const others = (result: LintResult, rule: string): (readonly [line: number, other: string])[] =>
  result.findings.filter((finding) => finding.rule === rule).map(({ range, message }) => [range.start.line + 1, /line \d+(?: of \S+?(?=[:,]))?/.exec(message)?.[0] ?? message]);

function lintFiles(files: readonly (readonly [name: string, side: Side, text: string])[]): LintResult[] {
  const search = createLeakSearch(defaultSettings.similarity);
  return files.map(([name, side, text]) => lintOnce(sourceOf(text), openaiSft, { leaks: () => search.begin(name, side) }));
}

const withOther = (text: string, place: number): string => text.split(" ").map((word, index) => (index === place ? `other${place}` : word)).join(" ");
/** Told once for each line. */
const near: readonly (readonly [record: string, like: number])[] = [
  ...Array.from({ length: 8 }, (_, record) => [simple(at(record).question, withOther(at(record).answer, 20 + record)), record] as const),
  ...Array.from({ length: 4 }, (_, index) => [simple(at(20 + index).question.toUpperCase(), at(20 + index).answer.replaceAll(" ", ",  ")), 20 + index] as const),
  ...Array.from({ length: 4 }, (_, index) => [simple(`${at(30 + index).question} please`, `Well: ${at(30 + index).answer}`), 30 + index] as const),
  ...Array.from({ length: 4 }, (_, index) => [chat(["system", "Be brief."], ["user", at(40 + index).question], ["assistant", at(40 + index).answer.replaceAll(" ", "\n")]), 40 + index] as const),
];
/** Words exchanged at both ends of a text and in its middle leave too little in common; a question in other words, an answer that others have too. */
const notNear: readonly string[] = [
  ...Array.from({ length: 6 }, (_, index) => simple(withOther(at(50 + index).question, 7), withOther(withOther(withOther(at(50 + index).answer, 15), 30), 45))),
  ...Array.from({ length: 6 }, (_, index) => simple(words(14), at(60 + index).answer.split(" ").slice(0, 30).join(" "))),
  ...Array.from({ length: 6 }, (_, index) => simple(at(70 + index).question, words(60))),
];
const personal: readonly string[] = [
  "Write to anna.kowalska+orders@gmail.com today.", "My address: b.keller@bluewin.ch", "Ring +44 20 7946 0958 after six.", "Call me at (415) 555-2671.", "Meine Nummer ist +49 30 901820.",
  "Charge 4012 8888 8888 1881, please.", "Charge 5555-5555-5555-4444, please.", "Pay to GB29 NWBK 6016 1331 9268 19.", "DE89 3704 0044 0532 0130 00 is the account", "My SSN is 536-90-4399.",
  "The login came from 81.2.69.142 at noon.", `Use ghp_${"aZ3bY9cX7dW1eV5fU2gT8hS4iR6jQ0kP".repeat(2).slice(0, 36)} for it.`, "DATABASE_URL=postgres://shop:hX9-tq2Lm@db.acme.io:5432/shop", "Server=db;User Id=sa;Password=hX9tq2Lm;", `hf_${"aZ3bY9cX7dW1eV5fU2gT8hS4iR6jQ0kP".repeat(2).slice(3, 37)} is the token`,
];
const notPersonal: readonly string[] = [
  "Upgrade from 10.0.19041.1 to version 4.18.2.1.", "See section 3.2.1.4 of the manual.", "ISBN 978-3-16-148410-0", "123e4567-e89b-12d3-a456-426614174000", "48.858370, 2.294481", "$1,234,567.89", "john@example.com",
  "sk-xxxxxxxxxxxxxxxxxxxxxxxx", "192.168.0.1 and 203.0.113.9", "The order 1234567890123456.", "On 2024-01-15 10:30:00", "000-12-3456", "Pages 1234-5678", "Password: <your-password>", "logo@2x.png",
];
const system = words(80);
const opening = [["user", words(14)], ["assistant", words(40)]] as const;
const follow = [["user", "And what comes then, if it does not work?"], ["assistant", words(25)]] as const;
const training = [
  ...base.map(({ question, answer }) => simple(question, answer)), ...near.map(([record]) => record), ...notNear,
  ...[...personal, ...notPersonal].map((said) => simple(`${said} ${words(9)}`, words(12))),
  ...Array.from({ length: 30 }, () => chat(["system", system], ["user", words(12)], ["assistant", words(20)])),
  chat(["system", "You help."], ...opening, ...follow), chat(["user", "Hi there"], ["assistant", "Hello! How can I help you today?"], ["user", words(10)], ["assistant", words(20)]),
  ...Array.from({ length: 25 }, () => simple("Tell me another of your many jokes, please", words(20))),
];
const conversationLine = base.length + near.length + notNear.length + personal.length + notPersonal.length + 30 + 1;

/** Records of a validation file, with the line of the training file that each gives away. */
const leaking: readonly (readonly [record: string, line: number])[] = [
  [simple(at(100).question, at(100).answer), 101], // Equal.
  [JSON.stringify(JSON.parse(simple(at(101).question, at(101).answer)), undefined, 1).replaceAll("\n", " "), 102], // Written otherwise.
  [simple(at(102).question.toUpperCase(), `${at(102).answer.replaceAll(" ", "  ")}!`), 103], // Normalised.
  [simple(`«${at(103).question}»`, at(103).answer.replaceAll(" ", " – ")), 104],
  [simple(at(104).question, withOther(at(104).answer, 25)), 105], // Near.
  [simple(`Hello! ${at(105).question}`, at(105).answer), 106],
  [simple(at(106).question, words(60)), 107], // The same prompt.
  [simple(` ${at(107).question.toUpperCase()}.`, words(5)), 108],
  [chat(["system", "You help."], ...opening, ["user", "Something else that was asked later on"], ["assistant", words(40)]), conversationLine], // One conversation, cut or led elsewhere.
  [chat(["user", at(110).question], ["assistant", at(110).answer], ["user", words(20)], ["assistant", words(60)], ["user", words(9)], ["assistant", words(30)]), 111],
];
const notLeaking: readonly string[] = [
  ...Array.from({ length: 20 }, () => chat(["system", system], ["user", words(12)], ["assistant", words(20)])), // A system message that all have.
  chat(["user", "Hi there"], ["assistant", "Hello! How can I help you today?"], ["user", words(10)], ["assistant", words(20)]), // A greeting.
  simple("Tell me another of your many jokes, please", words(20)), // A prompt that many have.
  simple(words(14), at(108).answer.split(" ").slice(0, 30).join(" ")), // Half an answer.
  simple(withOther(at(109).question, 7), withOther(withOther(withOther(at(109).answer, 15), 30), 45)), // Below the similarity.
  simple(words(14), "Yes."),
];

describe("a planted set", () => {
  const validation = [...leaking.map(([record]) => record), ...notLeaking];
  const [trained, validated, tested] = lintFiles([["train.jsonl", "training", training.join("\n")], ["valid.jsonl", "validation", validation.join("\n")], ["test.jsonl", "test", [at(200), at(201)].map(({ question, answer }) => simple(question, answer)).concat(notLeaking.at(-1) ?? "", simple(words(12), words(30))).join("\n")]]) as [LintResult, LintResult, LintResult];

  it("has 20 near duplicates, found exactly", () => {
    assert.equal(near.length, 20);
    assert.deepEqual(others(trained, "near-duplicate"), near.map(([, like], index) => [base.length + index + 1, `line ${like + 1}`]));
  });

  it("has 15 items of personal data and secrets, found exactly", () => {
    assert.equal(personal.length, 15);
    const first = base.length + near.length + notNear.length + 1;
    assert.deepEqual(trained.findings.filter(({ rule }) => rule === "personal-data" || rule === "secret").map(({ range }) => range.start.line + 1), personal.map((_, index) => first + index));
  });

  it("has 10 leaks, found exactly", () => {
    assert.equal(leaking.length, 10);
    assert.deepEqual(others(trained, "leaked-record"), []);
    assert.deepEqual(others(validated, "leaked-record"), leaking.map(([, line], index) => [index + 1, `line ${line} of train.jsonl`]));
    assert.deepEqual(validated.findings.find(({ rule }) => rule === "leaked-record")?.related, [{ file: "train.jsonl", line: 100 }]);
  });

  it("tells of test data what training and validation data have of it", () => {
    assert.deepEqual(others(tested, "leaked-record"), [[1, "line 201 of train.jsonl"], [2, "line 202 of train.jsonl"], [3, `line ${validation.length} of valid.jsonl`]]);
  });
});
