import { recogniseFormat } from "../formats/index.ts";
import { readTree } from "../json-node.ts";
import type { Answer } from "../replace-answer.ts";
import type { Turn } from "./conversation.ts";
import { writeConversation, type Converted } from "./convert-record.ts";
import { sourceFormats } from "./index.ts";
import { toOpenaiPreference } from "./formats/openai-preference.ts";
import { Refusal, type Loss } from "./loss.ts";
import { openObject } from "./record-reader.ts";
import { createCallIds } from "./tool-links.ts";

/**
 * An OpenAI preference row that asks what a chat record asks up to its last assistant message, and prefers one answer to another. Weights are left out without a word, because
 * preferences have none; whatever else the row has no place for is told as lost.
 */
export function preferenceOfAnswers(line: string, preferred: Answer, rejected: Answer): Converted {
  const node = readTree(line);
  const format = node && sourceFormats.find(({ id }) => id === recogniseFormat(node));
  if (!node || (format?.id !== "chat" && format?.id !== "openai-reinforcement")) return { refusal: "it is no chat record" };
  const losses: Loss[] = [];
  try {
    const record = openObject({ node, path: "", record: { text: line, leave: (path, what) => losses.push({ path, reason: `${toOpenaiPreference.title} has no place for ${what}` }) } });
    const { turns, ...rest } = format.read(record);
    record.finish();
    const last = turns.findLastIndex(({ speaker }) => speaker === "assistant");
    if (last < 1) return { refusal: "it has no question and answer" };
    const asked = turns.slice(0, last).map(({ weight: _weight, ...turn }) => turn);
    return writeConversation({ ...rest, turns: asked, preference: { preferred: [say(preferred)], rejected: [say(rejected)], path: "" } }, toOpenaiPreference, losses);
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message };
    throw error;
  }
}

function say({ content, calls }: Answer): Turn {
  const newId = createCallIds();
  return {
    speaker: "assistant", path: "", parts: content === "" && calls.length > 0 ? [] : [{ kind: "text", path: "", text: content }],
    ...(calls.length === 0 ? {} : { calls: calls.map(({ name, arguments: given }) => ({ path: "", id: newId(), name, arguments: typeof given === "string" ? given : JSON.stringify(given) })) }),
  };
}
