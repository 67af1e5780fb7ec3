import { nameOfSpeaker, speakers } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { quote } from "../quote.ts";
import type { RecordRule } from "./rule.ts";

export const unknownRole: RecordRule = {
  id: "unknown-role",
  severity: "error",
  summary: "A message has a role that the target does not know, or one in the wrong letter case.",
  explanation: "Roles are exact words, and each provider has its own: OpenAI knows developer and tool, Claude on Bedrock neither, Gemini says model, ShareGPT human and gpt. Letter case and spaces are repaired safely; another name is suggested, since only you know who speaks.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  *check({ dialogues }, target) {
    for (const { turns, dialect } of dialogues) {
      for (const { role, roleNode, speaker, meant } of turns) {
        if (role === undefined || !roleNode || (speaker && target.roles.includes(speaker))) continue;
        const start = roleNode.offset;
        const end = endOf(roleNode);
        const name = meant && target.roles.includes(meant) ? exactName(role, dialect.names) : undefined;
        if (name !== undefined) {
          yield {
            start, end,
            message: `The role ${quote(role)} must be written "${name}": roles are exact, in letter case and without spaces.`,
            fixes: [{ title: `Write "${name}"`, safe: true, edits: [{ start, end, text: JSON.stringify(name) }] }],
          };
          continue;
        }
        const plain = role.trim().toLowerCase();
        const likely = (Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined) ?? speakers.find((each) => each === plain);
        const suggestion = likely && target.roles.includes(likely) ? nameOfSpeaker(likely, dialect) : undefined;
        const known = target.roles.flatMap((each) => nameOfSpeaker(each, dialect) ?? []);
        yield {
          start, end,
          message: `${quote(role)} is no role of ${target.title}; expected one of ${known.join(", ")}.${target.roles.includes("system") ? "" : systemAdvice(role, target.formats)}`,
          fixes: suggestion === undefined ? [] : [{ title: `Write "${suggestion}"`, safe: false, edits: [{ start, end, text: JSON.stringify(suggestion) }] }],
        };
      }
    }
  },
};

function exactName(role: string, names: Readonly<Record<string, unknown>>): string | undefined {
  const plain = role.trim().toLowerCase();
  return Object.keys(names).find((name) => name.toLowerCase() === plain);
}

function systemAdvice(role: string, formats: readonly string[]): string {
  if (role !== "system" && role !== "developer") return "";
  if (formats.includes("claude")) return ' The system prompt stands beside the messages: {"system": "…", "messages": […]}.';
  return formats.includes("bedrock") ? ' The system prompt stands beside the messages: {"system": [{"text": "…"}], "messages": […]}.' : " Move its text into the first message of the user.";
}

/** What other formats call the same speakers (ShareGPT, Gemini, Cohere), and what stands in for a role that a target lacks. */
const otherNames = { human: "user", gpt: "assistant", bot: "assistant", model: "assistant", chatbot: "assistant", ai: "assistant", developer: "system", observation: "tool", ipython: "tool", function: "tool" } as Readonly<Record<string, "user" | "assistant" | "system" | "tool">>;
