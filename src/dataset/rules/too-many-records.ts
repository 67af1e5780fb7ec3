import { nothing, type DatasetRule, type LaterProblem, type RecordSummary } from "./rule.ts";

export const tooManyRecords: DatasetRule = {
  id: "too-many-records",
  severity: "error",
  summary: "The file has more records than the target takes, or more records with images.",
  explanation: "OpenAI's reinforcement fine-tuning takes at most 50,000 records, Claude on Bedrock 10,000, Nova 20,000, Fireworks 3,000,000; of records with images OpenAI and Azure OpenAI take 50,000. Train on a sample: a random part that keeps the labels' shares usually loses little.",
  source: "https://developers.openai.com/api/docs/guides/reinforcement-fine-tuning",
  begin: ({ target: { title, maximumRecords, images } }) => {
    const all = createCount(maximumRecords);
    const pictured = createCount(typeof images === "object" ? images.records : undefined);
    return {
      add(summary) {
        if (summary.kind !== "blank") all.add(summary);
        if (summary.traits?.media === "images") pictured.add(summary);
        return nothing;
      },
      *finish() {
        yield* all.tooMany("records", title);
        yield* pictured.tooMany("records with images", title);
      },
    };
  },
};

/** Counts records, and remembers the first beyond a limit. */
function createCount(most = Infinity): { add(summary: RecordSummary): void; tooMany(what: string, title: string): readonly LaterProblem[] } {
  let count = 0;
  let first: Omit<LaterProblem, "message"> | undefined;
  return {
    add({ line, lines, length }) {
      count++;
      if (count === most + 1) first = { line, start: 0, end: lines === 1 ? length : 0 };
    },
    tooMany: (what, title) => (first ? [{ ...first, message: `The file has ${count.toLocaleString("en")} ${what}, and this is the first too many: ${title} takes at most ${most.toLocaleString("en")}.` }] : []),
  };
}
