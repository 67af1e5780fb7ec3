import { sentence } from "../dialogue.ts";
import { passagesOf } from "../passages.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";
import { isSpecialToken } from "./special-token.ts";

export const reservedText: RecordRule = {
  id: "reserved-text",
  severity: "error",
  summary: "A text has words that the target's own template reserves, such as \"Assistant:\" at Amazon Nova or a line \"Human:\" at Claude.",
  explanation: "Amazon Nova and Claude 3 set conversations in a template of plain words; a text with the same words would break it, and the training job fails. Nova reserves `User:`, `Bot:`, `Assistant:`, `System:`, `Thought:`, `[EOS]`, `<image>` and `<video>` anywhere in a text, Claude a line that begins with `Human:` or `Assistant:`. Put it in other words: `Customer:` for `User:`.",
  source: "https://github.com/aws-samples/amazon-bedrock-samples (nova_ft_dataset_validator.py, claude-haiku/data_validation.py)",
  markers: ["Human:", "Assistant:"],
  *check(record, { reserved, title }) {
    const words = (reserved ?? []).filter((word) => !isSpecialToken(word));
    if (words.length === 0) return;
    for (const { node, text, where } of passagesOf(record)) {
      for (const word of words) {
        for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + word.length)) {
          const begin = index + (word.length - word.trimStart().length);
          const { start, end } = writtenRange(record.text, node, begin, index + word.length);
          const shown = word.startsWith("\n") ? `${word.trim()} at the beginning of a line` : word;
          yield { start, end, message: `${sentence(where)} has ${shown}, which ${title} reserves for its template and refuses in texts. Put it in other words.` };
        }
      }
    }
  },
};
