import { hashText, type Hash } from "../murmur-hash.ts";
import { languagePlace } from "./function-words.ts";

/** How a record speaks, in a few numbers. */
export interface Manner {
  /** The hash of its system message; undefined where it has none. */
  readonly system: Hash | undefined;
  /** Characters of the preferred and of the rejected answer of a pair; 0 where there is none. */
  readonly chosen: number;
  readonly rejected: number;
  /** The place of the language of what is asked, or of what is said where nothing is; 0 where it cannot be told. */
  readonly language: number;
}

type Members = Readonly<Record<string, unknown>>;

const systemRoles: readonly unknown[] = ["system", "developer"];
const userRoles: readonly unknown[] = ["user", "human"];
const conversationKeys = ["messages", "conversations", "contents", "prompt", "input"];
const pairKeys = [["chosen", "rejected"], ["preferred_output", "non_preferred_output"]] as const;

/** The manner of a record of any format. */
export function mannerOf(record: Members): Manner {
  const turns = turnsOf(record);
  const system = turns.filter((turn) => systemRoles.includes(turn["role"] ?? turn["from"])).map(textOf).join("\n") || (typeof record["system"] === "string" ? record["system"] : "");
  const pair = pairKeys.find(([chosen]) => record[chosen] !== undefined);
  return {
    system: system === "" ? undefined : hashText(system),
    chosen: pair ? textOf(record[pair[0]]).length : 0,
    rejected: pair ? textOf(record[pair[1]]).length : 0,
    language: languagePlace(askedOf(record, turns)),
  };
}

/** What is asked last in a record of any format; empty where nothing is. */
export function askedOf(record: Members, turns = turnsOf(record)): string {
  const questions = turns.filter((turn) => userRoles.includes(turn["role"] ?? turn["from"]));
  if (questions.length > 0) return textOf(questions.at(-1));
  return [record["instruction"], record["prompt"], record["question"], record["text"]].find((each): each is string => typeof each === "string") ?? "";
}

function turnsOf(record: Members): readonly Members[] {
  for (const key of conversationKeys) {
    const value = record[key];
    const list = isMembers(value) ? value["messages"] : value;
    if (Array.isArray(list)) return (list as readonly unknown[]).filter(isMembers);
  }
  return [];
}

/** What a turn, a list of turns or a part says. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return (value as readonly unknown[]).map(textOf).join("\n");
  return isMembers(value) ? textOf(value["content"] ?? value["value"] ?? value["parts"] ?? value["text"] ?? "") : "";
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
