import type { PlanRecord } from "../../evaluation/plan-record.ts";
import type { WholeRecord } from "../../evaluation/review/review-turns.ts";

/** A message may have a megabyte without being felt. */
const mostBytes = 900_000;

/** A record as a page shows it: texts that would make it larger than a message may be are cut, all at the same length, and it says so. */
export function toWholeRecord({ line, prompt, reference, outcomes }: PlanRecord, names: readonly string[]): WholeRecord {
  const whole = (cut: (text: string) => string): WholeRecord => ({
    line, prompt: prompt.map(({ role, content }) => ({ role, content: cut(content) })), reference: cut(reference),
    answers: outcomes.map((outcome, index) => ({ name: names[index] ?? "", outcome: "failure" in outcome ? { failure: cut(outcome.failure) } : { ...outcome, text: cut(outcome.text) } })),
  });
  const given = whole((text) => text);
  if (bytesOf(given) <= mostBytes) return given;
  for (let cutAt = 1 << 17; ; cutAt >>= 1) {
    const record = { ...whole((text) => (text.length <= cutAt ? text : text.slice(0, cutAt).replace(/[\uD800-\uDBFF]$/, ""))), cutAt };
    if (bytesOf(record) <= mostBytes || cutAt <= 1) return record;
  }
}

/** Of the record as JSON in UTF-8, which is how it crosses to a page. */
function bytesOf(record: WholeRecord): number {
  return Buffer.byteLength(JSON.stringify(record));
}
