import { nothing, type DatasetRule } from "./rule.ts";

export const duplicateRecord: DatasetRule = {
  id: "duplicate-record",
  severity: "warning",
  summary: "A record stands in the file more than once; the model learns it by heart instead of learning the task.",
  begin: () => {
    const firstLines = new Map<string, number>();
    return {
      *add({ line, length, fingerprint }) {
        if (fingerprint === undefined) return;
        const first = firstLines.get(fingerprint);
        if (first === undefined) firstLines.set(fingerprint, line);
        else {
          yield {
            line, start: 0, end: length,
            message: `This record equals the one on line ${first + 1}. Remove it, unless it is meant to count more.`,
            fixes: [{ title: "Remove the duplicate", safe: false, removesLine: true }],
          };
        }
      },
      finish: () => nothing,
    };
  },
};
