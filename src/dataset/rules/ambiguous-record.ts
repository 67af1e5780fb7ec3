import { endOf, properties, type Node } from "../json-node.ts";
import type { FormatId } from "../formats/index.ts";
import type { Problem, RecordRule } from "./rule.ts";

/** The key by which a format's records are told, where it may be taken for another's. Alpaca's own dataset has a `text` beside, so that it is none of them. */
const tellingKeys: Partial<Readonly<Record<FormatId, string>>> = { chat: "messages", mistral: "interactions", sharegpt: "conversations", "prompt-completion": "completion", text: "text", gemini: "contents" };

/** Whether records of one of these formats are told by a key. */
export function isTellingKey(name: string, formats: readonly FormatId[]): boolean {
  return formats.some((each) => tellingKeys[each] === name);
}

export const ambiguousRecord: RecordRule = {
  id: "ambiguous-record",
  severity: "error",
  summary: "A record can be read in two formats that the target takes.",
  explanation: "Together answers `Found multiple dataset formats in the input file`, Mistral takes `messages` or `interactions` but not both, and local trainers take whichever they look for first. Keep one of the two.",
  source: "https://github.com/togethercomputer/together-python (utils/files.py)",
  *check({ tree, format, accepted }, { formats, title, id }) {
    if (!tree || !format || !accepted || !(format in tellingKeys)) return;
    if (format === "mistral") yield* judgeTools(tree, title);
    const found = properties(tree).filter(({ name }) => isTellingKey(name, formats));
    const [first, ...others] = found;
    if (!first) return;
    for (const { key, name } of others) {
      if (name === first.name) continue;
      const severity = id === "together" || id === "mistral" ? "error" : "warning";
      yield { start: key.offset, end: endOf(key), severity, message: `This record has "${name}" and "${first.name}", two ways to say what is learnt; ${title} ${severity === "error" ? "takes one of them only" : "reads one of them and leaves the other"}.` };
    }
  },
};

/** Mistral's definitions of tools stand under either of two names. */
function* judgeTools(tree: Node, title: string): Generator<Problem> {
  const [first, ...others] = properties(tree).filter(({ name }) => name === "tools" || name === "available_tools");
  const second = others.find(({ name }) => name !== first?.name);
  if (first && second) yield { start: second.key.offset, end: endOf(second.key), message: `This record has "${second.name}" and "${first.name}"; ${title} takes one of them only (contains both an \`available_tools\` and \`tools\` key). Remove the other.` };
}
