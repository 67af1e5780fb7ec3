/** The tokens of a file's records, in bounded space. */
export interface TokenCount {
  readonly records: number;
  readonly tokens: number;
  /** The same with every record cut at the limit: what is trained on. */
  readonly kept: number;
  /** The record with the most tokens; undefined in a file without any. */
  readonly longest?: TokensOfLine;
  /** Records above the limit, which lose what is behind it: how many, and the first of them. */
  readonly cut: { readonly records: number; readonly first: readonly TokensOfLine[] };
  /** Records with definitions of tools or with pictures, which the counts leave out. */
  readonly withMore: number;
}

export interface TokensOfLine {
  /** From 0. */
  readonly line: number;
  readonly tokens: number;
}

/** So many of the records that are cut are named. */
export const mostNamed = 20;

/** Counts record by record; `limit` is the most tokens of a record. `result` may be asked at any time. */
export function createTokenCount(limit = Infinity): { add(line: number, record: { readonly tokens: number; readonly more: boolean }): void; result(): TokenCount } {
  let records = 0;
  let tokens = 0;
  let kept = 0;
  let longest: TokensOfLine | undefined;
  let cut = 0;
  let withMore = 0;
  const first: TokensOfLine[] = [];
  return {
    add(line, record) {
      if (record.tokens === 0) return;
      records++;
      tokens += record.tokens;
      kept += Math.min(limit, record.tokens);
      if (record.more) withMore++;
      if (record.tokens > (longest?.tokens ?? 0)) longest = { line, tokens: record.tokens };
      if (record.tokens <= limit) return;
      cut++;
      if (first.length < mostNamed) first.push({ line, tokens: record.tokens });
    },
    result: () => ({ records, tokens, kept, ...(longest ? { longest } : {}), cut: { records: cut, first: [...first] }, withMore }),
  };
}
