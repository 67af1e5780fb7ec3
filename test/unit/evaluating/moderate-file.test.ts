import assert from "node:assert/strict";
import { appendFile, readFile } from "node:fs/promises";
import fc from "fast-check";
import { piecesOf } from "../../../src/evaluation/moderation/pieces.ts";
import { describeModeration, moderateFile, prepareModeration, type ModeratedFile } from "../../../src/evaluating/moderate-file.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { openService } from "../../../src/providers/index.ts";
import { moderationOfferOf } from "../../../src/providers/moderation-offer.ts";
import { readSaidTexts } from "../../../src/workers/read-said-texts.ts";
import { answering, refusal, startFakeOpenAi, type FakeOpenAi } from "../../support/fake-openai.ts";
import { scratchFolder } from "../../support/scratch.ts";

const act = "POST /moderations";
const record = (...texts: string[]): string => JSON.stringify({ messages: texts.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content })) });

describe("a check of a file with a moderation model, over a fake of OpenAI's specification that flags what texts name in brackets", () => {
  const scratch = scratchFolder();
  let fake: FakeOpenAi;
  let root: string;
  let runs = 0;
  beforeEach(async () => {
    fake = await startFakeOpenAi();
    root = scratch.path(`run-${(runs += 1)}`);
  });
  afterEach(() => fake.close());

  const open = () => openService({ id: "Ours", title: "Ours", kind: "openai", baseURL: fake.baseURL, apiKey: fake.key });
  const prepare = (lines: readonly string[]) => prepareModeration(readSaidTexts(scratch.file("data.jsonl", lines.join("\n")), openaiSft), "Ours", "omni-moderation-latest", root);
  async function check(lines: readonly string[], told: (words: string) => void = () => undefined): Promise<ModeratedFile> {
    return moderateFile(await prepare(lines), open, ({ judged, total }) => told(`${judged}/${total}`), new AbortController().signal);
  }
  const sent = (): number => fake.received.filter((each) => each.act === act).reduce((sum, { body }) => sum + (body?.["input"] as string[]).length, 0);

  it("finds each text that is flagged, with its place, categories and scores, the surest first", async () => {
    const lines = [record("Hi", "Hello"), record("Say \u00e4 \"it\"", "[violence] \"[harassment]\""), "", record("  [sexual]", "no")];
    const { findings, failed } = await check(lines);
    assert.deepEqual([failed, findings.map(({ range: { start, end }, rule, severity, message }) => [start.line, lines[end.line]?.slice(start.character, end.character), rule, severity, message.split(":")[0]])], [0, [
      [1, '"[violence] \\"[harassment]\\""', "flagged-content", "warning", "Message 2 is flagged by omni-moderation-latest"], [3, '"  [sexual]"', "flagged-content", "warning", "Message 1 is flagged by omni-moderation-latest"],
    ]]);
    assert.match(findings[0]?.message ?? "", /: violence \(0\.90\), harassment \(0\.89\)\. A provider that moderates training files may refuse the file for it; rewrite the text, or remove the record\.$/);
  });

  it("sends a text once, many together, and only what has changed the next time; texts are not kept", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => record("The same question", `Answer ${index}${index === 7 ? " [hate]" : ""}`));
    const told: string[] = [];
    assert.equal((await check(lines, (words) => void told.push(words))).findings.length, 1);
    assert.deepEqual([fake.times(act), sent(), told[0], told.at(-1)], [3, 51, "0/51", "51/51"]);
    const kept = await readFile(`${root}/.tunesmith/moderation.jsonl`, "utf8");
    assert.deepEqual([kept.split("\n").length, /Answer|question/.test(kept)], [52, false]);
    // A crash has cut the last line.
    await appendFile(`${root}/.tunesmith/moderation.jsonl`, '{"key":"x","fla');
    assert.equal((await check([...lines, record("New", "text [hate]")])).findings.length, 2);
    assert.equal(sent(), 53);
    assert.equal((await check([...lines, record("New", "text [hate]")])).findings.length, 2);
    assert.equal(sent(), 53);
  });

  it("cuts long texts, and flags them where a piece is", async () => {
    const { findings } = await check([record("x ".repeat(9000), `${"y".repeat(20_000)} [violence]`)]);
    assert.deepEqual([findings.length, sent()], [1, 6]);
  });

  it("cuts nowhere within a character and loses none", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("a", " ", "\u{1F600}", "\n", "word ".repeat(900)), { maxLength: 40 }).map((parts) => parts.join("")), (text) => {
      const pieces = piecesOf(text);
      assert.equal(pieces.join(""), text);
      assert.ok(pieces.every((piece) => piece.length <= 8000 && !/[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/.test(piece)));
    }), { numRuns: 50 });
  });

  it("asks again after what passes; says of texts that cannot be judged why, and stops where none can", async () => {
    fake.misbehave(act, refusal(429, "Slow", null, { "retry-after-ms": "1" }), 2);
    const lines = Array.from({ length: 40 }, (_, index) => record(`${index}`, `[hate] ${index}`));
    fake.misbehave(act, refusal(400, "Too long"));
    const { findings, failed, reason } = await check(lines);
    assert.deepEqual([failed, findings.length], [20, 30]);
    assert.match(reason ?? "", /Ours says: Too long$/);
    assert.equal((await check(lines)).findings.length, 40);
    fake.misbehave(act, refusal(404, "Unknown request URL"), 9);
    await assert.rejects(check(lines.map((line) => line.replace("hate", "violence"))), /^Error: Ours judges nothing\. The last reason: .*Unknown request URL/);
  });

  it("takes no judgement for texts that have none, and a category that it does not know for one", async () => {
    fake.misbehave(act, answering({ id: "m", model: "m", results: [] }));
    await assert.rejects(check([record("a", "b")]), /with something else than a judgement of each text/);
    const strange = { flagged: true, categories: { "new-harm": true, hate: null }, category_scores: { "new-harm": 0.7 } };
    fake.misbehave(act, answering({ results: [strange, { flagged: true }] }));
    assert.deepEqual((await check([record("a", "b")])).findings.map(({ message }) => message.split(". ")[0]), ["Message 1 is flagged by omni-moderation-latest: new-harm (0.70)", "Message 2 is flagged by omni-moderation-latest: unnamed (0.00)"]);
  });

  it("says before what goes where, and of records that are none that their texts are not known", async () => {
    const prepared = await prepare([record("Hi", "Hello"), '{"foreign": 1}', "broken"]);
    assert.deepEqual(prepared.file.unread, [1, 2]);
    assert.deepEqual(describeModeration("a.jsonl", prepared, { title: "OpenAI", address: "https://api.openai.com/v1", free: true }), {
      question: "Send the texts of a.jsonl to OpenAI?",
      detail: "2 texts of its records, 7 characters, go to the moderation model omni-moderation-latest at https://api.openai.com/v1; personal data that they hold go along. OpenAI bills nothing for this.",
    });
    await check([record("Hi", "Hello")]);
    assert.match(describeModeration("a", await prepare([record("Hi", "Bye")]), { title: "Ours", address: "x", free: false }).detail, /^1 text of its records, 3 characters, .+ Whether Ours bills this, its price list says\. 1 was judged before and is not sent again\.$/);
  });

  it("is offered by OpenAI and what speaks its API, and by no other", async () => {
    const offers = ["https://api.openai.com/v1", "https://a.example/v1", "https://a.openai.azure.com/openai/v1", "https://api.tokenfactory.nebius.com/v1", "https://api.together.ai/v1"].map((baseURL) => moderationOfferOf({ baseURL })?.free);
    assert.deepEqual([offers, moderationOfferOf({})], [[true, false, undefined, undefined, undefined], undefined]);
    assert.equal((await openService({ id: "x", title: "x", kind: "openai", dialect: "local-engine", baseURL: "http://127.0.0.1:1/v1", apiKey: "" })).moderation, undefined);
  });
});
