/** An object of JSON. */
export type Members = Readonly<Record<string, unknown>>;

/** One call of a model as some tool has logged it: what was said before, and what was answered. */
export interface LoggedCall {
  /** In OpenAI's form, or one that `readMessages` knows. */
  readonly said: readonly unknown[];
  readonly answer: unknown;
  /** Definitions of tools in OpenAI's form. */
  readonly tools?: readonly unknown[];
  /** Why the answer ended, in the log's words. */
  readonly ended?: string;
  readonly failed?: boolean;
}

/** A tool's way of logging. */
export interface LogFormat {
  readonly id: string;
  readonly title: string;
  /** The calls that an entry of a log tells of; undefined where it is no entry of this tool's. */
  readonly read: (entry: Members) => readonly LoggedCall[] | undefined;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value, or what a text of JSON says: exports of tables and span attributes hold values as texts. */
export function unwrapped(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{"]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A list, be it written as a text of JSON; undefined for anything else. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  const list = unwrapped(value);
  return Array.isArray(list) ? (list as readonly unknown[]) : undefined;
}

/** What stands under a path of keys. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    const inner = unwrapped(found);
    found = Array.isArray(inner) ? (inner as readonly unknown[])[Number(key)] : isMembers(inner) ? inner[key] : undefined;
  }
  return found;
}
