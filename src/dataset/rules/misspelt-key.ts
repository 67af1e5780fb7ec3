import { findFormat } from "../formats/index.ts";
import { endOf, type Node } from "../json-node.ts";
import { misspeltKey as find } from "../misspelling.ts";
import { quote } from "../quote.ts";
import type { DatasetRecord } from "../record.ts";
import type { Target } from "../targets/target.ts";
import type { Problem, RecordRule } from "./rule.ts";

export const misspeltKey: RecordRule = {
  id: "misspelt-key",
  severity: "error",
  summary: "A key is right but for its letter case, or has spaces around it: \"Role\", \" content\".",
  explanation: "Keys are exact: to a server, `Role` is an unknown key and `role` is missing. Tables and spreadsheets are where capitals and spaces usually come from. The fix renames the key; its value stays as it is.",
  source: "https://github.com/openai/openai-python (lib/_validators.py)",
  *check(record, target) {
    const { tree, dialogues } = record;
    if (tree?.type !== "object") return;
    for (const name of recordKeys(record, target)) yield* rename(tree, name);
    for (const { turns, dialect, list } of dialogues) {
      const messageKeys = [dialect.role, dialect.content, ...(record.format ? (findFormat(record.format).messageKeys ?? []) : [])];
      const nodes = list.type === "array" ? (list.children ?? []) : turns.map(({ node }) => node);
      for (const node of nodes) for (const name of new Set(messageKeys)) yield* rename(node, name);
    }
  },
};

/** Keys without which a record is nothing; where further columns are ignored, others may be meant as they are written. */
const carriers = ["messages", "prompt", "completion", "instruction", "output", "chosen", "rejected", "conversations", "contents", "completions", "interactions", "input", "preferred_output", "non_preferred_output"];

function recordKeys({ tree, format, accepted }: DatasetRecord, { formats, extraKeys }: Target): readonly string[] {
  if (format && !accepted) return [];
  const known = [...new Set((format ? [format] : formats).flatMap((id) => findFormat(id).keys))];
  const carrying = known.filter((name) => carriers.includes(name) && find(tree, name));
  if (!format && carrying.length === 0) return known.filter((name) => name === "text");
  return format && extraKeys.record !== "taken" ? known : carrying;
}

function* rename(node: Node, name: string): Generator<Problem> {
  const key = find(node, name);
  if (!key) return;
  const start = key.offset;
  const end = endOf(key);
  yield { start, end, message: `The key ${quote(String(key.value))} must be written "${name}": keys are exact, in letter case and without spaces.`, fixes: [{ title: `Rename to "${name}"`, safe: true, edits: [{ start, end, text: JSON.stringify(name) }] }] };
}
