import { endOf } from "../json-node.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const noUserMessage: RecordRule = {
  id: "no-user-message",
  severity: "error",
  summary: "A record has no message from the user, and the target wants one.",
  explanation: "Microsoft's validators for Azure OpenAI refuse a conversation, or the prompt of a preference pair, in which the user says nothing: `No 'user' message found`. OpenAI itself takes it. Write what is asked as the user's message; where the system's message is the question, it is the user's.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  *check({ dialogues }, { turns: { withoutUser = "taken", last }, title }) {
    const severity = severityOf(withoutUser);
    if (!severity) return;
    for (const { list, turns, part, whole, name } of dialogues) {
      // A role that is not known may be the one that is missed here, and of a list without messages `message-count` tells.
      if ((part !== "conversation" && part !== "prompt") || !whole || turns.length === 0 || turns.some(({ meant }) => meant === "user" || meant === undefined)) continue;
      const end = turns.at(-1)?.meant;
      // Of a prompt that ends with the system, `wrong-last-message` tells.
      if (part === "prompt" && last && end && !last.speakers.includes(end)) continue;
      yield { start: list.offset, end: endOf(list), severity, message: `No message of "${name}" is from the user; ${title} expects at least one with "role": "user", which the assistant answers (No 'user' message found).` };
    }
  },
};
