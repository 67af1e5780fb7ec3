import type { JsoncPath } from "./jsonc-stretch.ts";

/** What of a file of settings cannot be (error), or is most likely not what was meant (warning), and where. */
export interface JsoncProblem {
  readonly path: JsoncPath;
  /** Whether the key is wrong and not its value. */
  readonly key?: true;
  readonly severity: "error" | "warning";
  /** What was found, what was expected. */
  readonly message: string;
  /** What may stand there instead, the likeliest first. */
  readonly instead?: readonly string[];
}

/** An error. */
export function wrong(path: JsoncPath, message: string, instead?: readonly string[]): JsoncProblem {
  return { path, severity: "error", message, ...(instead && instead.length > 0 ? { instead } : {}) };
}

/** A warning. */
export function doubtful(path: JsoncPath, message: string): JsoncProblem {
  return { path, severity: "warning", message };
}

/** `"a", "b" and "c"`. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => JSON.stringify(name));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
