import { hashNumber } from "../../dataset/murmur-hash.ts";
import type { RecordAnalysis } from "../../dataset/record-analysis.ts";
import { answerTraits, longestLabel } from "../../dataset/traits.ts";
import type { ProvenLine } from "./prover.ts";

/**
 * What the full way would say of a line that is proven. Its texts are read only where a hash does not do: of answers that may be JSON, and of those
 * that are short enough for a label. Without `traits` nothing of them is told.
 */
export function provenAnalysis({ length, fingerprint, answer, question }: ProvenLine, room: Uint8Array, traits: boolean): RecordAnalysis {
  const known = { length, kind: "object", format: "chat", fingerprint, keys: [] } as const;
  if (!traits) return { problems: [], summary: { ...known, traits: undefined } };
  return {
    problems: [],
    summary: { ...known, traits: { ...traitsOf(answer, room), questionHash: question && hashNumber(question), reasons: false, media: undefined, furtherKeys: [] } },
  };
}

/** A character is at most three bytes a unit. */
const longestLabelBytes = longestLabel * 3;

function traitsOf({ start, end, hash }: ProvenLine["answer"], room: Uint8Array): ReturnType<typeof answerTraits> {
  const first = room[start];
  if (end - start > longestLabelBytes && first !== 0x7b && first !== 0x5b) return { answer: "prose", answerHash: hashNumber(hash), labelHash: undefined };
  const written = Buffer.from(room.buffer, room.byteOffset + start, end - start).toString();
  return answerTraits(written.includes("\\") ? String(JSON.parse(`"${written}"`)) : written, hash);
}
