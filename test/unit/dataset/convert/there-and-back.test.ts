import assert from "node:assert/strict";
import fc from "fast-check";
import { convertRecord, writeConversation, type Converted } from "../../../../src/dataset/convert/convert-record.ts";
import type { TargetFormat } from "../../../../src/dataset/convert/format.ts";
import { targetFormats } from "../../../../src/dataset/convert/index.ts";
import { conversations, type Limits } from "./conversations.ts";

const needsPreference = ({ id }: TargetFormat): boolean => id === "openai-preference" || id === "trl-preference";
const hasIds = ({ id }: TargetFormat): boolean => id !== "sharegpt" && id !== "vertex";
const pairs = targetFormats.flatMap((one) => targetFormats.filter((other) => other !== one).map((other) => ({ one, other })));
const canShare = ({ one, other }: { one: TargetFormat; other: TargetFormat }): boolean =>
  [one, other].every(needsPreference) || ![one, other].some(needsPreference) || [one, other].every(({ holds }) => holds.has("rejected-answers"));

/** What two formats can both hold. */
function limitsOf(one: TargetFormat, other: TargetFormat, preference: boolean): Limits {
  const either = (...ids: readonly string[]): boolean => ids.includes(one.id) || ids.includes(other.id);
  // Formats without ids have their calls numbered; the ids of Mistral have a form of their own.
  const callId = one.id === "mistral" ? (number: number) => `call${String(number).padStart(5, "0")}` : (number: number) => `call_${number}`;
  return {
    has: (feature) => one.holds.has(feature) && other.holds.has(feature) && !(preference && feature === "weights"),
    preference,
    textBesideCalls: !either("sharegpt", "mistral"),
    onlyS3: either("bedrock"),
    anyReasoningKey: !either("bedrock"),
    ...(hasIds(one) && hasIds(other) ? {} : { callId }),
  };
}

function lineOf(converted: Converted): string {
  assert.ok("line" in converted, "refusal" in converted ? converted.refusal : "");
  assert.deepEqual(converted.losses, []);
  return converted.line;
}

describe("converting there and back", () => {
  for (const { one, other } of pairs.filter(canShare)) {
    const kinds = needsPreference(one) || needsPreference(other) ? [true] : one.holds.has("rejected-answers") && other.holds.has("rejected-answers") ? [false, true] : [false];
    it(`gives the same record: ${one.id} by way of ${other.id}`, () => {
      for (const preference of kinds) {
        fc.assert(fc.property(conversations(limitsOf(one, other, preference)), (conversation) => {
          const before = lineOf(writeConversation(conversation, one));
          assert.equal(lineOf(convertRecord(lineOf(convertRecord(before, other)), one)), before);
        }), { numRuns: 60 });
      }
    });
  }

  for (const { one, other } of pairs.filter((pair) => !canShare(pair))) {
    it(`is not possible: ${one.id} by way of ${other.id}, since only one of them is a preference`, () => {
      fc.assert(fc.property(conversations({ ...limitsOf(one, other, needsPreference(one)) }), (conversation) => {
        const converted = convertRecord(lineOf(writeConversation(conversation, one)), other);
        if (needsPreference(other)) assert.match("refusal" in converted ? converted.refusal : "", /no rejected answer/);
        else assert.match("losses" in converted ? converted.losses.map(({ reason }) => reason).join() : "", /no place for rejected answers/);
      }), { numRuns: 10 });
    });
  }
});
