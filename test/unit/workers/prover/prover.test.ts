import assert from "node:assert/strict";
import fc from "fast-check";
import { analyseRecord, isSuspect, signs } from "../../../../src/dataset/lint.ts";
import { splitLines } from "../../../../src/dataset/lines.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";
import type { Target } from "../../../../src/dataset/targets/target.ts";
import { provenSummary } from "../../../../src/workers/prover/proven-summary.ts";
import { createProver, type Prover } from "../../../../src/workers/prover/prover.ts";
import { findRuleFixtures, readRuleFixture } from "../../../support/rule-fixtures.ts";
import { assistant, chat, chatTargets, escaping, markers, recordLine, said, user } from "../../../support/plain-chats.ts";
import { planted } from "../../../support/sensitive-texts.ts";

const provers = new Map<Target, Prover>();
const proverFor = (target: Target): Prover => {
  const prover = provers.get(target) ?? createProver(target, { markers, signs }, 1 << 16);
  provers.set(target, prover);
  return prover;
};

/** What a prover says of the lines of a text. */
function judge(text: string, target: Target = openaiSft) {
  const prover = proverFor(target);
  const bytes = Buffer.from(text);
  prover.room.set(bytes);
  const { count, consumed } = prover.judge(0, bytes.length, false);
  assert.equal(consumed, bytes.length);
  return Array.from({ length: count }, (_, line) => ({
    text: bytes.toString("utf8", prover.start(line), prover.end(line)), suspicion: prover.suspicion(line), lineBreak: bytes.toString("utf8", prover.end(line), prover.next(line)),
    analysis: prover.isProven(line) ? { problems: [], summary: provenSummary(prover.proven(line), prover.room, true) } : undefined,
  }));
}

/** Whether a line is proven; where it is, what is told of it must be what the full way tells. */
function isProven(line: string, target: Target = openaiSft): boolean {
  const [judged] = judge(line, target);
  if (!judged?.analysis) return false;
  assert.deepEqual(judged.analysis, analyseRecord(line, target, { withoutLikeness: true }));
  return true;
}

describe("bytes that are proven to be a clean record", () => {
  it("are those of records of which no rule has anything to say, and are known by what parsing gives", () => {
    let proven = 0;
    fc.assert(fc.property(recordLine, (line) => {
      if (isProven(line)) proven++;
    }), { numRuns: 8000 });
    assert.ok(proven > 150, `only ${proven} records were proven clean`);
  });

  it("are so at any target, whatever the texts hold and however they are escaped", () => {
    let proven = 0;
    fc.assert(fc.property(said, said, said, escaping, fc.constantFrom(...chatTargets), fc.boolean(), (system, question, answer, escape, target, spaced) => {
      const between = spaced ? " " : "";
      const line = `{"messages":${between}[${[`{"role":${between}"system",${between}"content":${between}${escape(system)}}`, `{"content":${escape(question)},"role":"user"}`, `{"role":"assistant","content":${escape(answer)}}`].join(`,${between}`)}]}`;
      if (isProven(line, target)) proven++;
    }), { numRuns: 8000 });
    assert.ok(proven > 100, `only ${proven} records were proven clean`);
  });

  it("are told only of lines in which no rule finds anything, in every fixture at every target", async function () {
    this.timeout(120_000);
    let proven = 0;
    const seen = new Set<string>();
    for (const file of await findRuleFixtures()) {
      const { text } = readRuleFixture(file);
      if (Buffer.byteLength(text) > 1 << 15) continue;
      for (const target of chatTargets) {
        for (const judged of judge(text, target)) {
          const once = `${target.title} ${judged.text}`;
          if (!judged.analysis || seen.has(once)) continue;
          seen.add(once);
          proven++;
          // Where a search finds something, the linter looks at the record itself.
          assert.deepEqual(judged.analysis, analyseRecord(judged.text, target, { quick: judged.suspicion !== undefined && isSuspect(judged.text, judged.suspicion), withoutLikeness: true }), `${file}: ${judged.text}`);
        }
      }
    }
    assert.ok(proven > 1000, `only ${proven} lines were proven clean`);
  });

  it("hold no marker, wherever it stands and whatever stands beside it", () => {
    for (const marker of markers.filter((each) => !each.startsWith("\\"))) {
      for (let before = 0; before < 40; before++) {
        const text = `${"x".repeat(before)}${marker}${"y".repeat(40 - before)}`;
        assert.equal(isProven(chat(JSON.stringify({ role: "user", content: text }), assistant)), false, text);
        assert.equal(isProven(chat(user, JSON.stringify({ role: "assistant", content: `\n\\"${text}"\\`.trim() }))), false, text);
      }
    }
  });

  it("are told to be suspicious where a search has something to look at, wherever it stands", () => {
    const piece = fc.oneof(
      fc.constantFrom(...planted.map(([text]) => text)), fc.constantFrom(...signs, "@", "DE89 3704 0044 0532 0130 00", "MT84MALT011000012345MTLCAST001S", "+44\u00A07911\u2011123456", "555\u2010123\u20104567", "0301 234 567"),
      fc.stringMatching(/^[\d ().\/-]{1,9}$/), fc.stringMatching(/^[A-Z\d -]{1,20}$/), fc.string({ maxLength: 20 }), fc.constantFrom("é", "\u65E5\u672C", "\n"),
    );
    let suspected = 0;
    let passed = 0;
    fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), fc.boolean(), (pieces, upper) => {
      const text = upper ? pieces.join("").toUpperCase() : pieces.join("");
      const line = chat(JSON.stringify({ role: "user", content: `a${text}b` }), assistant);
      const [judged] = judge(line);
      if (!judged?.analysis) return;
      if (!judged.suspicion) passed++;
      if (!isSuspect(line)) return;
      suspected++;
      assert.ok(judged.suspicion && isSuspect(line, judged.suspicion), line);
    }), { numRuns: 5000 });
    assert.ok(suspected > 500 && passed > 500, `${suspected} lines were suspected, ${passed} were not suspicious`);
  });

  it("are not suspicious as people write", () => {
    for (const text of ["In 2024, 12 of 300 (4 %) said so.", "(Customer 123456) THE END of a risky task in Peru.", "Rates: 3.5 to 4.0 of 10."]) assert.equal(judge(chat(JSON.stringify({ role: "user", content: text }), assistant))[0]?.suspicion, undefined, text);
  });

  it("may be written as programs write JSON", () => {
    for (const line of [chat(user, assistant), `{ "messages" : [ ${user} , ${assistant} ] } `, chat(user, '{"content":"\u00e9 \\" \\n.","role":"assistant"}'), chat(user, '{"role":"assistant","content":"\u{1F600} \u65E5\u672C"}')]) assert.ok(isProven(line), line);
  });

  it("are long as well", () => {
    for (const length of [15, 16, 17, 200, 201, 5000, 12_000]) assert.ok(isProven(chat(user, JSON.stringify({ role: "assistant", content: `${"word ".repeat(length)}end.` })), openaiSft), String(length));
  });

  it("may have white space at one end of what is not learnt", () => {
    const long = "word ".repeat(20);
    for (const content of [`${long}a `, ` ${long}a`, `${long}a\\n`, ` ${long}a\\t`]) assert.ok(isProven(chat(`{"role":"user","content":"${content}"}`, assistant)), content);
    for (const content of [" ", "  ", "\\n\\n", "\u3000", "None\\n", " ".repeat(100), `${" ".repeat(100)}None`, `null${"\\n".repeat(60)}`, `${"\\n".repeat(60)}nan `]) assert.equal(isProven(chat(`{"role":"user","content":"${content}"}`, assistant)), false, content);
  });

  it("have no white space at the ends of an answer, and no text that stands for none", () => {
    for (const content of [" a", "a ", "\u00A0a", "a\u3000", "\u2003a", "\uFEFFa", "a\\n", "\\ta", "null", "None", "undefined", "", "\\u0020a"]) {
      assert.equal(isProven(chat(user, `{"role":"assistant","content":"${content}"}`)), false, content);
    }
    for (const content of ["\u3042a", "a\u3042", "nulls", "\\\"a\\\"", "\\\\", "\u20ACa\u20AC"]) assert.ok(isProven(chat(user, `{"role":"assistant","content":"${content}"}`)), content);
  });
});

describe("lines", () => {
  it("are the same as of a text", () => {
    const piece = fc.constantFrom("\n", "\r\n", "\r", "a", chat(user, assistant), " ", "{", "\u2028");
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      assert.deepEqual(judge(text).map(({ text: line, lineBreak }) => ({ text: line, lineBreak })), [...splitLines(text)]);
    }), { numRuns: 3000 });
  });

  it("are left for later where they are not ended and more follows", () => {
    const prover = proverFor(openaiSft);
    const line = chat(user, assistant);
    for (const [text, whole] of [[`${line}\n${line}`, line.length + 1], [`${line}\r`, 0], [`${line}\r\n`, line.length + 2], ["a\r", 0], ["a\rb", 2], [line, 0]] as const) {
      prover.room.set(Buffer.from(text));
      assert.equal(prover.judge(0, text.length, true).consumed, whole, JSON.stringify(text));
    }
  });
});
