import { findFormat, formatTitle, type FormatId } from "../formats/index.ts";
import type { Target } from "../targets/target.ts";
import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

export const wrongFormat: DatasetRule = {
  id: "wrong-format",
  severity: "error",
  summary: "The file is in a format that the target, or the training method, does not take.",
  explanation: "OpenAI answers `Input file … is in the fine-tune-chat format, but the specified fine-tuning job is not using 'supervised' as the training method`, or `Example 1 is missing key 'messages'`. Convert the file, or choose the target and the method that it was made for.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  begin: ({ target }) => {
    let first: FormatId | undefined;
    const problems: LaterProblem[] = [];
    return {
      // Of a file in a foreign format one finding is enough: the first record stands for all.
      add({ format, line, lines, length }) {
        if (!format || first) return nothing;
        first = format;
        if (!target.formats.includes(format)) problems.push({ line, start: 0, end: lines === 1 ? length : 0, message: describe(format, target) });
        return nothing;
      },
      finish: () => problems,
    };
  },
};

function describe(format: FormatId, { title, formats, id, method }: Target): string {
  const [usual] = formats;
  const server = id === "openai" || id === "azure-openai" ? serverWords[method]?.[format] : undefined;
  return `This record is in the format ${formatTitle(format)}; ${title} takes ${formats.map(formatTitle).join(" or ")}, such as ${usual ? findFormat(usual).example : ""}.${server ? ` (The server: ${server})` : ""} Convert the file, or choose another target.`;
}

/** What OpenAI's server says of a format and a method that do not fit. */
const serverWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dpo: { chat: "Input file … is in the fine-tune-chat format, but the specified fine-tuning job is not using 'supervised' as the training method" },
  sft: { "openai-preference": "Invalid file format. Example 1 is missing key 'messages'" },
};
