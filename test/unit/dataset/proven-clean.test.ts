import assert from "node:assert/strict";
import fc from "fast-check";
import { analyseRecord, analyseText } from "../../../src/dataset/lint.ts";
import { endsPlainly, howCut } from "../../../src/dataset/cut-answer.ts";
import { provenClean as prove } from "../../../src/dataset/proven-clean.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { assistant, chat, chatTargets, escaping, markers, piece, recordLine, said, user } from "../../support/plain-chats.ts";

const provenClean = (line: string) => prove(line, openaiSft, markers);

describe("a record that is proven clean", () => {
  it("is one of which no rule has anything to say, and is known by what parsing gives", () => {
    let proven = 0;
    fc.assert(fc.property(recordLine, (line) => {
      if (!provenClean(line)) return;
      proven++;
      const analysis = analyseText(line, openaiSft);
      assert.deepEqual(analysis.problems, []);
      assert.deepEqual(analysis, analyseRecord(line, openaiSft));
    }), { numRuns: 8000 });
    assert.ok(proven > 400, `only ${proven} records were proven clean`);
  });

  it("is one of which no rule has anything to say at any target, whatever its texts hold and however they are escaped", () => {
    let proven = 0;
    fc.assert(fc.property(said, said, escaping, fc.constantFrom(...chatTargets), (question, answer, escape, target) => {
      const line = chat(`{"role":"user","content":${escape(question)}}`, `{"role":"assistant","content":${escape(answer)}}`);
      assert.deepEqual(JSON.parse(line), { messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
      if (!prove(line, target, markers)) return;
      proven++;
      const analysis = analyseText(line, target);
      assert.deepEqual(analysis.problems, []);
      assert.deepEqual(analysis, analyseRecord(line, target));
    }), { numRuns: 8000 });
    assert.ok(proven > 400, `only ${proven} records were proven clean`);
  });

  it("has no answer that breaks off", () => {
    fc.assert(fc.property(fc.array(piece, { minLength: 20, maxLength: 60 }), (pieces) => {
      const answer = pieces.join(" ");
      if (endsPlainly(answer)) assert.equal(howCut(answer), undefined);
    }), { numRuns: 5000 });
  });

  it("is written in any way that JSON allows", () => {
    for (const line of [chat(user, assistant), `  { "messages" : [ ${user} , ${assistant} ] } `, chat(user, '{"content":"\\u00e9 \\" \\n.","role":"assistant"}')]) assert.ok(provenClean(line), line);
  });

  it("has nothing that parsing drops or that a rule looks at", () => {
    for (const line of [
      chat(user, '{"role":"assistant","content":"a","content":"b"}'), `{"messages":[],"messages":[${assistant}]}`, chat(user), chat("{}"), chat(), "{}", "[]", "null", "{",
      chat(user, '{"role":"assistant","content":" "}'), chat(user, '{"role":"assistant","content":"b","weight":1}'), `{"messages":[${assistant}],"tools":[]}`, chat('{"role":"User","content":"a"}', assistant),
      chat(user, '{"role":"assistant","role":"assistant","content":"\\u0022\\u0022\\u0022"}'),
    ]) assert.equal(provenClean(line), undefined, line);
  });
});
