/** The rows that have come from the host, and which are on their way. */
export interface RowCache<Row> {
  row(place: number): Row | undefined;
  /** Asks for the rows that are missing from `first` up to but without `end`. Of several wishes that wait, only the newest is fulfilled. */
  want(first: number, end: number): void;
  /** Forgets everything; what is on its way is dropped when it comes. */
  clear(): void;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  /** A row before this place that the page has not is not to be had; asking for it again would go on for ever. */
  readonly asOf: number;
}

/** Rows asked for at once. */
const pageSize = 100;
/** Pages kept: what somebody scrolls to and fro over. */
const keptPages = 40;

/** `load` asks the host for rows by their place; `arrived` is told when some have come. A load that fails is told to `failed`, and tried again when the rows are wanted again. */
export function createRowCache<Row>(load: (first: number, count: number) => Promise<{ readonly rows: readonly Row[] }>, arrived: () => void, failed: (error: unknown) => void): RowCache<Row> {
  let pages = new Map<number, Page<Row>>();
  let loading: number | undefined;
  let wish: { readonly first: number; readonly end: number } | undefined;
  let era = 0;

  const row = (place: number): Row | undefined => pages.get(Math.floor(place / pageSize))?.rows[place % pageSize];

  /** The first page with a row that is wanted and missing. A list that has grown since may have rows that its page had not. */
  function missing({ first, end }: { readonly first: number; readonly end: number }): number | undefined {
    for (let place = first; place < end; place++) {
      const page = pages.get(Math.floor(place / pageSize));
      if (!page || (place >= page.asOf && !page.rows[place % pageSize])) return Math.floor(place / pageSize);
    }
    return undefined;
  }

  function next(): void {
    if (loading !== undefined || !wish) return;
    const page = missing(wish);
    if (page === undefined) return;
    loading = page;
    const own = era;
    const asOf = wish.end;
    load(page * pageSize, pageSize).then(
      ({ rows }) => {
        if (own !== era) return;
        loading = undefined;
        pages.delete(page);
        pages.set(page, { rows, asOf });
        for (const [oldest] of pages) if (pages.size > keptPages) pages.delete(oldest);
        arrived();
        next();
      },
      (error: unknown) => {
        if (own !== era) return;
        loading = undefined;
        wish = undefined;
        failed(error);
      },
    );
  }

  return {
    row,
    want(first, end) {
      wish = { first, end };
      next();
    },
    clear() {
      era++;
      pages = new Map();
      loading = undefined;
      wish = undefined;
    },
  };
}
