import { createGrowingArray } from "../growing-array.ts";
import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

/** Records from which on a length is usual; and how far from it a record is told. */
const telling = { records: 50, deviations: 6, times: 8 };
const mostTold = 20;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const consistent = 1.4826;

export const outlyingLength: DatasetRule = {
  id: "outlying-length",
  severity: "information",
  summary: "A record is far longer than all others, and may be several records in one, a whole document, or what a crawler left.",
  explanation: "Records of very different lengths are seldom of one task; one that is many times as long as the others takes a share of the training that nobody meant it to have, and is often cut. Told from 50 records on, where the logarithm of a record's length is more than six deviations (the median absolute deviation, times 1.4826) above the median, and the record at least eight times as long as the median one; the twenty longest are told. A run with `--quick` leaves this out.",
  source: "https://doi.org/10.1016/j.jesp.2013.03.013",
  comparesTexts: true,
  begin: () => {
    const records = createGrowingArray((length) => new Uint32Array(length));
    let count = 0;
    return {
      add({ kind }) {
        const record = count++;
        if (kind !== "object") return nothing;
        records.push(record);
        return nothing;
      },
      *finish({ places }): Generator<LaterProblem> {
        if (records.length < telling.records) return;
        const own = records.finish().map(places.length);
        const sorted = own.slice().sort();
        const median = sorted[sorted.length >> 1] ?? 0;
        const deviations = Float64Array.from(own, (length) => Math.abs(Math.log(Math.max(1, length) / Math.max(1, median)))).sort();
        const deviation = consistent * (deviations[deviations.length >> 1] ?? 0);
        const least = Math.max(telling.times * median, median * Math.exp(telling.deviations * deviation));
        const long: number[] = [];
        own.forEach((length, place) => length > least && long.push(place));
        for (const place of long.sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0)).slice(0, mostTold).sort((a, b) => a - b)) {
          const length = own[place] ?? 0;
          const record = records.at(place);
          yield { line: places.line(record), start: places.start(record), end: places.end(record), message: `This record has ${length.toLocaleString("en")} characters, ${Math.round(length / median).toLocaleString("en")} times as many as the median record (${median.toLocaleString("en")}). Is it one record, and of this task?` };
        }
      },
    };
  },
};
