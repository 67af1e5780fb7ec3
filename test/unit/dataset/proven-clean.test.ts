import assert from "node:assert/strict";
import fc from "fast-check";
import { analyseRecord, analyseText } from "../../../src/dataset/lint.ts";
import { provenClean as prove } from "../../../src/dataset/proven-clean.ts";
import { recordRules } from "../../../src/dataset/rules/index.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";

const markers = recordRules.flatMap((rule) => rule.markers ?? []);
const provenClean = (line: string) => prove(line, openaiSft, markers);
const user = '{"role":"user","content":"a"}';
const assistant = '{"role":"assistant","content":"b"}';
const chat = (...messages: string[]): string => `{"messages":[${messages.join(",")}]}`;

/** Members of a message as they may be written: some twice, some escaped, with spaces or without. */
const text = fc.constantFrom('"a"', '"b \\" c"', '"\\u0022"', '""', '" "', "null", '["a"]', '"\\ud800"', '"😀"');
const member = fc.oneof(
  fc.tuple(fc.constantFrom('"role"', '"r\\u006fle"'), fc.constantFrom('"user"', '"assistant"', '"User"', '"system"', "1")),
  fc.tuple(fc.constantFrom('"content"', '"weight"', '"__proto__"', '"\\u0022"'), text),
).map(([key, value]) => `${key}: ${value}`);
const message = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(user, assistant) }, { weight: 2, arbitrary: fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(",")}}`) });
const recordLine = fc.tuple(fc.oneof(fc.array(message, { maxLength: 4 }), fc.array(message, { maxLength: 2 }).map((more) => [...more, user, assistant])), fc.constantFrom("", ',"messages":[]', ',"tools":[]', " "), fc.constantFrom("", " ", "\t")).map(([messages, more, space]) => `${space}{"messages":${space}[${messages.join(",")}]${more}}`);

describe("a record that is proven clean", () => {
  it("is one of which no rule has anything to say, and is known by what parsing gives", () => {
    let proven = 0;
    fc.assert(fc.property(recordLine, (line) => {
      if (!provenClean(line)) return;
      proven++;
      const analysis = analyseText(line, openaiSft);
      assert.deepEqual(analysis.problems, []);
      assert.deepEqual(analysis, analyseRecord(line, openaiSft));
    }), { numRuns: 20_000 });
    assert.ok(proven > 1000, `only ${proven} records were proven clean`);
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
