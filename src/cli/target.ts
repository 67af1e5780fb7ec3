import { findTarget, targets } from "../dataset/targets/index.ts";
import type { Target } from "../dataset/targets/target.ts";

/** A wrong use of the command line; the message says what is right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The target of `--target` and `--method`. Throws a UsageError that lists the pairs when there is none. */
export function readTarget(id: string, method: string): Target {
  const target = findTarget(id, method);
  if (target) return target;
  const pairs = targets.map((known) => `--target ${known.id} --method ${known.method}`).join("\n  ");
  throw new UsageError(`There is no target "${id}" with the method "${method}". There are:\n  ${pairs}`);
}
