import { hashNumber } from "../../dataset/murmur-hash.ts";
import type { RecordAnalysis } from "../../dataset/record-analysis.ts";
import { answerTraits, longestLabel, toTraits } from "../../dataset/traits.ts";
import type { ProvenLine } from "./prover.ts";

/**
 * The summary that the full way would give of a line that is proven. Its texts are read only where a hash does not do: of answers that may be JSON, and
 * of those that are short enough for a label. Without `traits` nothing of them is told.
 */
export function provenSummary({ length, fingerprint, answer, question }: ProvenLine, room: Buffer, traits: boolean): RecordAnalysis["summary"] {
  return {
    length, kind: "object", format: "chat", fingerprint, keys: none,
    likeness: undefined,
    traits: traits ? toTraits(traitsOf(answer, room), { questionHash: question && hashNumber(question), reasons: false, media: undefined, furtherKeys: none, grader: undefined }) : undefined,
  };
}

const none: readonly never[] = [];

/** A character is at most three bytes a unit. */
const longestLabelBytes = longestLabel * 3;

function traitsOf({ start, end, hash }: ProvenLine["answer"], room: Buffer): ReturnType<typeof answerTraits> {
  const first = room[start];
  if (end - start > longestLabelBytes && first !== 0x7b && first !== 0x5b) return { answer: "prose", answerHash: hashNumber(hash), labelHash: undefined };
  const written = room.toString("utf8", start, end);
  return answerTraits(written.includes("\\") ? String(JSON.parse(`"${written}"`)) : written, hash);
}
