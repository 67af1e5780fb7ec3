import type { Turn } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import { writeJson } from "../json-text.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader, writeMessages } from "../messages.ts";
import { takePair } from "../preference-pair.ts";
import { readSaid } from "../said.ts";
import { readTools, writeTools } from "../tools.ts";

/**
 * TRL's preference rows: `{"prompt"?, "chosen", "rejected", "tools"?}`, each a text, a message or a list of messages. Without a prompt, it is what both answers begin with.
 * Source: TRL's documentation of dataset formats.
 */
export const trlPreference: SourceFormat = {
  id: "trl-preference",
  read(record) {
    // Axolotl names the prompt `messages`.
    const prompt = record.take("prompt", "messages");
    const [chosen, rejected] = takePair(record);
    if (!prompt && chosen.node.type === "string") throw new Refusal("it has raw texts without a prompt, which do not say who speaks");
    const tools = readTools(record.take("tools"));
    const given = prompt ? readSaid(prompt, "user", createMessageReader()) : [];
    const preferred = readSaid(chosen, "assistant", createMessageReader());
    const other = readSaid(rejected, "assistant", createMessageReader());
    const shared = prompt ? 0 : sharedTurns(preferred, other);
    return { turns: [...given, ...preferred.slice(0, shared)], tools, preference: { preferred: preferred.slice(shared), rejected: other.slice(shared), path: rejected.path } };
  },
};

/** Preference rows as TRL's trainers take them: messages under an explicit prompt; chat templates want the arguments of calls as objects. */
export const toTrlPreference: TargetFormat = {
  id: "trl-preference",
  title: "TRL preference",
  source: "TRL's documentation, Dataset formats and types",
  same: ["trl-preference"],
  holds: new Set(["tools", "strict-tools", "tool-calls", "developer-role", "several-systems", "several-parts", "names", "reasoning", "rejected-answers"]),
  write({ turns, tools, preference }) {
    if (!preference) throw new Refusal("it has no rejected answer, which a preference row needs");
    const style = { arguments: "object" } as const;
    return {
      prompt: writeMessages(turns, style),
      chosen: writeMessages(preference.preferred, style),
      rejected: writeMessages(preference.rejected, style),
      tools: writeTools(tools),
    };
  },
};

/** How many turns two answers begin with alike, at most all but the last of each. */
function sharedTurns(one: readonly Turn[], other: readonly Turn[]): number {
  const written = (turn: Turn | undefined): string => (turn ? writeJson(writeMessages([turn], { arguments: "text" })) : "");
  const most = Math.min(one.length, other.length) - 1;
  let shared = 0;
  while (shared < most && written(one[shared]) === written(other[shared])) shared++;
  return Math.max(shared, 0);
}
