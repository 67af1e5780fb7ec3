import { saidTexts, type SaidText } from "../dataset/moderation/said-texts.ts";
import type { Target } from "../dataset/targets/target.ts";
import { unitsOf } from "../dataset/units.ts";
import { attempt } from "./file-error.ts";
import { openSource } from "./read-source.ts";

/** What the records of a file say. */
export interface FileTexts {
  readonly records: number;
  readonly texts: readonly SaidText[];
  /** Lines, from 0, whose records the target does not take, so that their texts are not known. */
  readonly unread: readonly number[];
}

/** More UTF-16 units of text than this are not held: a service would take days for them. */
const mostUnits = 64 * 1024 * 1024;

/** The texts of a file's records as a target takes them, with where each stands. Throws a FileError when it cannot be read, and an Error for the user when it holds too much. */
export function readSaidTexts(path: string, target: Target): FileTexts {
  const source = attempt("read", path, () => openSource(path));
  const texts: SaidText[] = [];
  const unread: number[] = [];
  let records = 0;
  let units = 0;
  try {
    for (const unit of attempt("read", path, () => unitsOf(source).units)) {
      if (unit.text.trim() === "") continue;
      records += 1;
      const said = saidTexts(unit, target);
      if (!said) unread.push(unit.line);
      for (const each of said ?? []) {
        texts.push(each);
        units += each.text.length;
      }
      if (units > mostUnits) throw new Error(`${path} holds more than ${mostUnits / 1024 / 1024} million characters of text, which is more than is checked at once. Split it, or sample records of it, and check these.`);
    }
  } finally {
    source.close();
  }
  return { records, texts, unread };
}
