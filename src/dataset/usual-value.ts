import { createExamples, type Examples } from "./examples.ts";
import type { RecordSummary } from "./rules/rule.ts";

/** One value of those that records have. */
export interface Counted<Value> {
  readonly value: Value;
  readonly first: number;
  readonly records: Examples;
}

/** What most records have, and the values of the few others. */
export interface Usual<Value> {
  readonly usual: Counted<Value>;
  readonly others: readonly Counted<Value>[];
  readonly total: number;
}

/** Values that are counted: more than these are no few. */
const most = 200;
/** Records from which on something is usual, and the share of them from which on. */
const telling = { records: 20, share: 0.9 };

/** Counts the values of records in bounded memory; tells which is usual where nine in ten of twenty records or more share one and not all do. */
export function createUsualValue<Value extends string | number>(): { add(value: Value, record: RecordSummary): void; result(): Usual<Value> | undefined } {
  let values: Map<Value, Counted<Value>> | undefined = new Map();
  let total = 0;
  return {
    add(value, record) {
      total++;
      if (!values) return;
      const counted = values.get(value) ?? { value, first: record.line, records: createExamples() };
      values.set(value, counted);
      counted.records.add(record);
      if (values.size > most) values = undefined;
    },
    result() {
      const [usual, ...others] = [...(values?.values() ?? [])].sort((a, b) => b.records.count() - a.records.count());
      if (!usual || others.length === 0 || total < telling.records || usual.records.count() < telling.share * total) return undefined;
      return { usual, others, total };
    },
  };
}
