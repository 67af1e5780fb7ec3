import { Refusal } from "./loss.ts";
import type { ObjectReader, Value } from "./record-reader.ts";

/** Takes the chosen and the rejected answer. Throws a Refusal when one is missing: no conversion can make it up. */
export function takePair(record: ObjectReader): readonly [chosen: Value, rejected: Value] {
  const [chosen, rejected] = [record.take("chosen"), record.take("rejected")];
  if (!rejected) throw new Refusal("it has no rejected answer");
  if (!chosen) throw new Refusal("it has no chosen answer");
  return [chosen, rejected];
}
