import { endOf } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

const article: Readonly<Record<string, string>> = { array: "an array", string: "a string", number: "a number", boolean: "a truth value", null: "null" };

export const notAnObject: RecordRule = {
  id: "not-an-object",
  severity: "error",
  summary: "The line is valid JSON but no object; every record of a JSONL dataset is an object.",
  explanation: "OpenAI answers `Expected file to have JSONL format, where every line is a JSON dictionary`. Write the record as an object, or remove the line.",
  source: "https://jsonlines.org",
  *check({ tree }) {
    if (!tree || tree.type === "object") return;
    const found = article[tree.type] ?? tree.type;
    const advice = tree.type === "array" ? " If this array holds the records, put each on a line of its own." : "";
    yield { start: tree.offset, end: endOf(tree), message: `This line holds ${found}; a record is an object, such as {"messages": […]}.${advice}` };
  },
};
