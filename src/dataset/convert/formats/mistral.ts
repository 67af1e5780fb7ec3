import type { Conversation, Turn } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import { Refusal, type Lose } from "../loss.ts";
import { createMessageReader, writeMessages } from "../messages.ts";
import { plainText } from "../plain-text.ts";
import { readTools, writeTools } from "../tools.ts";

/** Mistral's records: `{"messages" or "interactions", "tools" or "available_tools"?}`. Source: `utils/validate_data.py` of mistral-finetune. */
export const mistral: SourceFormat = {
  id: "mistral",
  read(record): Conversation {
    const messages = record.take("messages", "interactions");
    if (!messages) throw new Refusal("it has no messages");
    const tools = readTools(record.take("tools", "available_tools"));
    return { turns: createMessageReader().read(messages), tools };
  },
};

/** Records as Mistral takes them: ids of calls have nine letters and digits, and a message has text or calls. */
export const toMistral: TargetFormat = {
  id: "mistral",
  title: "Mistral",
  source: "mistral-finetune, README and utils/validate_data.py",
  same: ["mistral"],
  holds: new Set(["tools", "strict-tools", "tool-calls", "images", "image-detail", "several-parts", "several-systems", "weights"]),
  write: ({ turns, tools }, lose) => ({
    messages: writeMessages(turns.map((turn) => withoutTextBesideCalls(turn, lose)), { arguments: "text", callId: createNineCharacterIds(turns) }),
    tools: writeTools(tools),
  }),
};

function withoutTextBesideCalls(turn: Turn, lose: Lose): Turn {
  if (!turn.calls || turn.parts.length === 0) return turn;
  if (plainText(turn).trim() !== "" || turn.parts.some(({ kind }) => kind !== "text")) lose(turn.path, "Mistral has no place for content beside a tool call");
  return { ...turn, parts: [] };
}

/** Gives each id its own of nine letters and digits; one that has that form already stays. */
function createNineCharacterIds(turns: readonly Turn[]): (id: string) => string {
  const valid = /^[a-zA-Z0-9]{9}$/;
  const ids = turns.flatMap(({ calls, resultOf }) => [...(calls ?? []).map(({ id }) => id), ...(resultOf === undefined ? [] : [resultOf])]);
  const taken = new Set(ids.filter((id) => valid.test(id)));
  const given = new Map<string, string>();
  let number = 0;
  for (const id of ids) {
    if (valid.test(id) || given.has(id)) continue;
    let next: string;
    do next = `call${String(++number).padStart(5, "0")}`;
    while (taken.has(next));
    given.set(id, next);
  }
  return (id) => given.get(id) ?? id;
}
