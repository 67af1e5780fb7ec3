import { formatTitle, sameFamily, type FormatId } from "../formats/index.ts";
import { createLaterProblems, mostKept } from "../later-problems.ts";
import { nothing, type DatasetRule, type RecordSummary } from "./rule.ts";

export const mixedFormats: DatasetRule = {
  id: "mixed-formats",
  severity: "error",
  summary: "A record is in another format than the first that was recognised.",
  explanation: "A file has one format. Together answers `All samples in the dataset must have the same dataset format`, OpenAI `Example … is missing key 'messages'`, and mlx-lm reads every record as the first. Convert the record, or move it to another file.",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  begin: ({ target: { formats } }) => {
    let first: { readonly format: FormatId; readonly line: number } | undefined;
    // Records before the first that is recognised differ from it too; where none is, `unknown-format` tells of them all.
    let before: (RecordSummary & { readonly format: undefined })[] = [];
    let further = 0;
    const later = createLaterProblems();
    return {
      add(summary) {
        const { kind, format, line, length } = summary;
        if (kind !== "object") return nothing;
        if (!first && format) {
          first = { format, line };
          for (const each of before) later.add(() => ({ line: each.line, start: 0, end: each.lines === 1 ? each.length : 0, message: describe(each, format, line) }));
          later.addUntold(further);
          before = [];
        } else if (!first && before.length === mostKept) further++;
        else if (!first) before.push({ ...summary, format: undefined });
        else if (!format || !sameFamily(format, first.format) || (formats.includes(first.format) && !formats.includes(format))) return [{ start: 0, end: length, message: describe(summary, first.format, first.line) }];
        return nothing;
      },
      finish: () => later.all(),
    };
  },
};

function describe({ format, keys }: RecordSummary, usual: FormatId, line: number): string {
  const found = format ? `is in the format ${formatTitle(format)}` : keys.length === 0 ? "has no keys" : `has the keys ${keys.join(", ")}`;
  return `This record ${found}; the file is in the format ${formatTitle(usual)}, which the record on line ${line + 1} set. Expected one format in a file.`;
}
