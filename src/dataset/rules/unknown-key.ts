import { describeTurn } from "../dialogue.ts";
import { findFormat } from "../formats/index.ts";
import { formerPreferenceKeys } from "../formats/openai-preference.ts";
import { endOf, properties, type Node } from "../json-node.ts";
import type { Severity } from "../finding.ts";
import { misspeltKey } from "../misspelling.ts";
import { quote } from "../quote.ts";
import { removeMember } from "../remove-member.ts";
import { isTellingKey } from "./ambiguous-record.ts";
import { severityOf, type Problem, type RecordRule } from "./rule.ts";

export const unknownKey: RecordRule = {
  id: "unknown-key",
  severity: "error",
  summary: "A record or a message has a key that the format does not know; some providers refuse the file for it.",
  explanation: 'OpenAI answers `Invalid file format. Example 1 contains an extra "weight".` and Together `Found extra column`; others ignore the key, and what it was meant to do does not happen. Remove it. In reinforcement records further keys are what the grader reads, and stay.',
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  *check({ tree, format, accepted, dialogues }, { extraKeys, title, formats, tools, promptsAsMessages }) {
    if (!tree || !format || !accepted) return;
    const { messageKeys, ...known } = findFormat(format);
    const keys = known.keys.filter((name) => !extraKeys.unread?.includes(name) && (name !== "tools" || format !== "prompt-completion" || promptsAsMessages));
    // Of tools that the target does not take, other rules tell; it is not told to write them.
    const expected = keys.filter((name) => !(tools === "refused" && name === "tools") && !(name === "functions" && (tools === "refused" || tools.legacy === "refused")));
    const severity = severityOf(extraKeys.record);
    if (severity) {
      const misspelt = misspeltKeys(tree, keys);
      for (const { key, name, value } of properties(tree)) {
        // A key that tells another format is not simply one too many: which of the two is meant, `ambiguous-record` asks.
        if (keys.includes(name) || Object.hasOwn(formerPreferenceKeys, name) || isTellingKey(name, formats) || misspelt.has(key)) continue;
        const message = `The key ${quote(name)} is no part of the format ${known.title}${severity === "error" ? `, and ${title} refuses it` : ""}; expected only ${expected.join(", ")}.`;
        const edit = removeMember(tree, key, value);
        yield { start: key.offset, end: endOf(key), severity, message, fixes: [{ title: `Remove ${quote(name)}`, safe: severity === "error", edits: [edit] }] };
      }
    }
    const messageSeverity = severityOf(extraKeys.message);
    if (!messageSeverity || !messageKeys) return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) yield* unknownIn(turn.node, messageKeys, (name) => `${quote(name)} is no key of a message (${describeTurn(dialogue, turn)}); expected ${messageKeys.slice(0, 4).join(", ")} and such. It ${messageSeverity === "error" ? "is refused" : "may be refused, and has no effect"} at ${title}.`, messageSeverity);
    }
  },
};

function* unknownIn(node: Node, known: readonly string[], message: (name: string) => string, severity: Severity): Generator<Problem> {
  const misspelt = misspeltKeys(node, known);
  for (const { key, name, value } of properties(node)) {
    if (known.includes(name) || misspelt.has(key)) continue;
    yield { start: key.offset, end: endOf(key), severity, message: message(name), fixes: [{ title: `Remove ${quote(name)}`, safe: false, edits: [removeMember(node, key, value)] }] };
  }
}

/** The keys that are among the known ones but for their spelling: `misspelt-key` tells of them. */
function misspeltKeys(node: Node, known: readonly string[]): ReadonlySet<Node | undefined> {
  return new Set(known.map((name) => misspeltKey(node, name)));
}
