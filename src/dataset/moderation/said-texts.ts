import { sentence } from "../dialogue.ts";
import { locate } from "../locate.ts";
import { passagesOf } from "../passages.ts";
import { readRecord } from "../record.ts";
import type { Target } from "../targets/target.ts";
import type { Range } from "../text.ts";
import type { Unit } from "../units.ts";

/** A text of a dataset that a provider's moderation may look at. */
export interface SaidText {
  readonly text: string;
  /** Where it stands in its record, as the beginning of a sentence: `Message 2`. */
  readonly where: string;
  /** The string that holds it, with its quotation marks. */
  readonly range: Range;
}

/** What messages and fields of a record say, in their order, without what is blank; undefined where it is no record that the target takes. */
export function saidTexts(unit: Unit, target: Target): readonly SaidText[] | undefined {
  const record = readRecord(unit.text, target);
  if (!record.accepted) return undefined;
  return passagesOf(record).filter(({ text }) => text.trim() !== "").map(({ text, where, node }) => ({
    text, where: sentence(where), range: { start: locate(unit, node.offset), end: locate(unit, node.offset + node.length) },
  }));
}
