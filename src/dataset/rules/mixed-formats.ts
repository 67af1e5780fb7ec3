import { formatTitle, sameFamily, type FormatId } from "../formats/index.ts";
import { nothing, type DatasetRule, type Problem } from "./rule.ts";

export const mixedFormats: DatasetRule = {
  id: "mixed-formats",
  severity: "error",
  summary: "A record is in another format than the first that was recognised.",
  explanation: "A file has one format. Together answers `All samples in the dataset must have the same dataset format`, OpenAI `Example … is missing key 'messages'`, and mlx-lm reads every record as the first. Convert the record, or move it to another file.",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  begin: () => {
    let first: { readonly format: FormatId; readonly line: number } | undefined;
    // Records before the first recognised one are told of where they stand, once there is one to differ from.
    return {
      *add({ kind, format, line, length, keys }) {
        if (kind !== "object") return;
        if (!first) {
          if (format) first = { format, line };
          return;
        }
        if (format && sameFamily(format, first.format)) return;
        const found = format ? `is in the format ${formatTitle(format)}` : keys.length === 0 ? "has no keys" : `has the keys ${keys.join(", ")}`;
        yield { start: 0, end: length, message: `This record ${found}; the file is in the format ${formatTitle(first.format)} since line ${first.line + 1}. Expected one format in a file.` } satisfies Problem;
      },
      finish: () => nothing,
    };
  },
};
