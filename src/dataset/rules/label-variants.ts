import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

/** More different short answers than this are no labels. */
const most = { labels: 1000, marked: 100 };

export const labelVariants: DatasetRule = {
  id: "label-variants",
  severity: "warning",
  summary: "A label is written in two ways that differ in letter case or spaces only, so that the model learns two labels for one.",
  explanation: "In a file of short answers that repeat, \"refund\" and \"Refund \" are two answers to the model and to every metric. Write the label as most records do. Only short answers are compared, and only where each way of writing was met three times on average.",
  source: "https://docs.fireworks.ai/fine-tuning/fine-tuning-models",
  comparesTexts: true,
  begin: ({ target: { method } }) => {
    let labels: Map<number, Map<number, Spelling>> | undefined = new Map();
    let spellings = 0;
    let short = 0;
    let answers = 0;
    return {
      add({ traits, line, lines, length }) {
        if (!labels || method === "rft" || traits?.answerHash === undefined) return nothing;
        answers++;
        if (traits.labelHash === undefined) return nothing;
        short++;
        const label = labels.get(traits.labelHash) ?? new Map<number, Spelling>();
        labels.set(traits.labelHash, label);
        const spelling = label.get(traits.answerHash) ?? { count: 0, first: line, places: [] };
        if (spelling.count === 0) {
          label.set(traits.answerHash, spelling);
          spellings++;
        }
        spelling.count++;
        if (spelling.places.length < most.marked) spelling.places.push({ line, start: 0, end: lines === 1 ? length : 0 });
        if (spellings > most.labels) labels = undefined;
        return nothing;
      },
      *finish() {
        if (!labels || short < 0.8 * answers || short < 3 * spellings) return;
        let marked = 0;
        for (const label of labels.values()) {
          const [usual, ...others] = [...label.values()].sort((a, b) => b.count - a.count);
          for (const { places, count } of others) {
            for (const place of places) {
              if (usual && marked++ < most.marked) yield { ...place, message: `The label of this record is written so in ${count} ${count === 1 ? "record" : "records"}, and otherwise in ${usual.count}, as on line ${usual.first + 1}; the two differ in letter case or spaces only. Write it as most do.` };
            }
          }
        }
      },
    };
  },
};

interface Spelling {
  count: number;
  readonly first: number;
  readonly places: Omit<LaterProblem, "message">[];
}
