import { createLabels } from "../labels.ts";
import { createReservoir } from "../reservoir.ts";
import { askedWords } from "../similarity/asked-words.ts";
import { suspiciousLabels } from "../similarity/suspicious-labels.ts";
import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

/** To compare all records of a larger file takes minutes. */
const mostRecords = 20_000;
/** Below, too little speaks against a label to tell of it. */
const lowestScore = 0.3;
const mostTold = 100;

export const suspiciousLabel: DatasetRule = {
  id: "suspicious-label",
  severity: "information",
  summary: "The questions most like this one have another label, so that this label is probably a mistake, which the model learns.",
  explanation: "Questions are compared by the cosine of their TF-IDF vectors of words and pairs of words. A record is told where most of the ten that are nearest to it have another label, and the middle of that label's records is nearer too than that of its own; the score says how much speaks against the label. At most a hundred are told, those with the highest scores, of files whose answers are labels; where there are more than 20,000 records, so many of them, drawn by chance, are compared with one another. It is a hint and no proof: of the thirty highest in banking77 about half are mistakes, the others are rare ways to ask. `tunesmith insights FILE --suspicious 30` lists them by score, and looks at every record of a large file. Read the record; mend its label or keep it. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/1911.00068",
  comparesTexts: true,
  needsLikeness: true,
  isSlow: true,
  begin: ({ target: { method } }) => {
    const labels = createLabels();
    const compared = createReservoir(mostRecords);
    let count = 0;
    return {
      add(summary) {
        const record = count++;
        if (method !== "sft") return nothing;
        labels.add(summary);
        const { labelHash } = summary.traits ?? {};
        if (labelHash !== undefined) compared.offer(record, labelHash);
        return nothing;
      },
      *finish({ reread, places }): Generator<LaterProblem> {
        if (!reread || labels.found().length < 2) return;
        const { records, values } = compared.finish();
        const numbers = new Map<number, number>();
        const labelOf = Int32Array.from(values, (hash) => {
          const number = numbers.get(hash) ?? numbers.size;
          numbers.set(hash, number);
          return number;
        });
        const { found } = suspiciousLabels(labelOf, (wanted, take) => {
          const numbered = wanted.map((place) => records[place] ?? 0);
          reread({ records: numbered, lines: numbered.map(places.line) }, take, askedWords);
        });
        const among = records.length < compared.offered ? `, of ${records.length.toLocaleString("en")} drawn by chance,` : "";
        for (const { record, neighbour, similarity, votes, own, nearest, score } of found.filter((each) => each.score >= lowestScore).slice(0, mostTold).sort((a, b) => a.record - b.record)) {
          const other = places.line(records[neighbour] ?? 0);
          yield {
            line: places.line(records[record] ?? 0), start: places.start(records[record] ?? 0), end: places.end(records[record] ?? 0), related: [{ line: other }],
            message: `Of the ${nearest} questions most like this one${among} ${votes} share another label, such as that of line ${other + 1} (cosine ${similarity.toFixed(2)} by TF-IDF of words), and ${own === 0 ? "none has" : `${own} ${own === 1 ? "has" : "have"}`} the label of this record; score ${score.toFixed(2)}. Is the label right?`,
          };
        }
      },
    };
  },
};
