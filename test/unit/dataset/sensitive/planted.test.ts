import assert from "node:assert/strict";
import fc from "fast-check";
import { createIncrementalLinter } from "../../../../src/dataset/incremental-linter.ts";
import { sourceOf } from "../../../../src/dataset/lines.ts";
import { lintOnce } from "../../../../src/dataset/lint.ts";
import { defaultSettings } from "../../../../src/dataset/rule-settings.ts";
import { detect } from "../../../../src/dataset/sensitive/detection.ts";
import { personalDataDetectors, personalDataSearch } from "../../../../src/dataset/sensitive/personal-data.ts";
import { secretDetectors, secretSearch } from "../../../../src/dataset/sensitive/secrets.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";
import { applyEdits } from "../../../../src/dataset/text.ts";
import { escaping } from "../../../support/plain-chats.ts";
import { letters, planted } from "../../../support/sensitive-texts.ts";

const negatives: readonly string[] = [
  "Upgrade from 10.0.19041.1 to version 4.18.2.1 or v1.2.3.4.", "Chrome/91.0.4472.124 Safari/537.36", "See section 3.2.1.4 of the manual.",
  "On 2024-01-15 10:30:00, and from 12/11/2023 to 01.02.2024; 20240115103000", "ISBN 978-3-16-148410-0, ISBN 0-306-40615-2 and 9780306406157", "123e4567-e89b-12d3-a456-426614174000",
  "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 and d41d8cd98f00b204e9800998ecf8427e", "48.858370, 2.294481 and -33.8567844, 151.2152967", "$1,234,567.89 or 1 234 567,89 € or 4111111.11",
  "john@example.com, jane.doe@example.org, you@yourdomain.com, user@company.com, John.Doe-123%+@example-domain.com, noreply@shop.io", "sk-... or sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx or <API_KEY> or sk-your-api-key-here, xxx-xx-xxxx",
  "AKIAIOSFODNN7EXAMPLE", "postgres://user:password@localhost/db, redis://:${REDIS_PASSWORD}@cache and https://<user>:<token>@host", "192.168.0.1, 10.1.2.3, 172.16.0.9, 127.0.0.1, 192.0.2.44, 198.51.100.7, 203.0.113.9, 255.255.255.0 and 169.254.1.1",
  "The order 1234567890123456 and invoice 4111111111111112.", "DE89370400440532013001 is no account", "000-12-3456 and 666-12-3456 and 900-12-3456", "A risk-based, task-oriented desk-sharing-policy-for-everyone-in-the-office", "npm install react@18.2.0 @types/node@20.1.2 logo@2x.png git@github.com:acme/shop.git",
  "1000 + 2000 + 3000 = 6000, 100-200-3000 and 5 * (12 + 30) / 2", "2019-2020 and 1999 - 2005, pages 1234-5678", "Rule 555-0142: call 202-555-0142.", "Score 21-19, 18-21, 15-13. 3.14159265358979", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
  "The ratio is 0.123456789012 or 12345678901.5", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 11 12 13", "1700000000 and 1700000000000", "2 020 7946 0958", "ID 0123456789 and 00012345",
];

const placeholdersIn = (text: string): string[] => [...detect(text, secretDetectors), ...detect(text, personalDataDetectors)].map(({ kind }) => kind.placeholder);
const chat = (question: string, answer = "Yes."): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const padding = Array.from({ length: 10 }, (_, index) => chat(`Question ${index}`)).join("\n");
const findingsIn = (record: string, allowed: readonly string[] = []) => lintOnce(sourceOf(`${record}\n${padding}`), openaiSft, { settings: { ...defaultSettings, allowed } }).findings.filter(({ rule }) => rule === "secret" || rule === "personal-data");

describe("personal data and secrets", () => {
  for (const [text, ...placeholders] of planted) it(`are found in ${JSON.stringify(text.slice(0, 40))}`, () => assert.deepEqual(placeholdersIn(text), placeholders));

  for (const text of negatives) it(`are not found in ${JSON.stringify(text.slice(0, 60))}`, () => assert.deepEqual(placeholdersIn(text), []));

  it("are found in the arguments of tool calls that escape slashes, as PHP does", () => {
    const said = JSON.stringify({ address: "postgres://shop:hX9-tq2Lm@db.acme.io:5432/shop" }).replaceAll("/", "\\/");
    const call = { role: "assistant", tool_calls: [{ id: "c1", type: "function", function: { name: "connect", arguments: said } }] };
    const line = JSON.stringify({ messages: [{ role: "user", content: "Connect." }, call], tools: [{ type: "function", function: { name: "connect", parameters: { type: "object", properties: { address: { type: "string" } } } } }] });
    assert.ok(lintOnce(sourceOf(line), openaiSft).findings.some(({ rule }) => rule === "secret"));
  });

  it("are found in plain chats, however these are escaped, and in the arguments of tool calls", () => {
    fc.assert(fc.property(fc.constantFrom(...planted), escaping, ([text, ...placeholders], escape) => {
      const plain = `{"messages":[{"role":"user","content":${escape(text)}},{"role":"assistant","content":"Yes."}]}`;
      const call = { role: "assistant", tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: JSON.stringify({ note: text }) } }] };
      const tools = [{ type: "function", function: { name: "f", parameters: { type: "object", properties: { note: { type: "string" } } } } }];
      for (const record of [plain, JSON.stringify({ messages: [{ role: "user", content: "Hi" }, call], tools })]) {
        const found = findingsIn(record);
        assert.equal(found.length, placeholders.length, record);
        for (const { fixes: [fix] } of found) {
          const redacted = applyEdits(record, fix?.edits ?? []);
          assert.doesNotThrow(() => void JSON.parse(redacted), redacted);
          assert.equal(findingsIn(redacted).length, found.length - 1, "what was redacted is found no more");
        }
      }
    }), { numRuns: 300 });
  });

  it("are suspected in every line that holds any", () => {
    fc.assert(fc.property(fc.constantFrom(...planted), escaping, ([text], escape) => assert.ok([personalDataSearch, secretSearch].some(({ suspects }) => suspects(escape(text))))));
  });

  it("are redacted with one placeholder for one value, wherever the record has it", () => {
    const record = chat("I am jane@acme.io, he is Bob@acme.io.", "Mail goes to bob@acme.io and Jane@acme.io.");
    const found = findingsIn(record);
    assert.deepEqual(found.map(({ fixes: [fix] }) => [fix?.title, fix?.safe]), [["Redact as [EMAIL_1]", false], ["Redact as [EMAIL_2]", false]]);
    assert.equal(applyEdits(record, found.flatMap(({ fixes: [fix] }) => fix?.edits ?? [])), chat("I am [EMAIL_1], he is [EMAIL_2].", "Mail goes to [EMAIL_2] and [EMAIL_1]."));
  });

  it("may stay where the project allows them", () => {
    const record = chat("Write to help@acme.io or jane@acme.io, or ring +49 30 901820.");
    assert.equal(findingsIn(record).length, 3);
    assert.deepEqual(findingsIn(record, ["HELP@acme.io", "+49 30 *"]).map(({ message }) => message.slice(0, 60)), ['Message 1 holds the e-mail address "jane@acme.io". The model']);
    const linter = createIncrementalLinter(record, openaiSft, { ...defaultSettings, allowed: ["*@acme.io"] });
    assert.deepEqual(linter.lint({ encoding: "utf-8", byteOrderMark: false }).findings.filter(({ rule }) => rule === "personal-data").length, 1);
  });

  it("are told without the secret, and left out of a quick run", () => {
    const key = `hf_${letters(34)}`;
    const record = chat(`My key is ${key}`);
    const [found] = findingsIn(record);
    assert.ok(found && !found.message.includes(key));
    assert.deepEqual(lintOnce(sourceOf(record), openaiSft, { quick: true }).findings.filter(({ rule }) => rule === "secret"), []);
  });
});
