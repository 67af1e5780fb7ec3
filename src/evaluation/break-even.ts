/** What a tuned model costs, and what the model that it replaces does; amounts of one currency. */
export interface Costs {
  readonly training: number;
  /** For each month in which the tuned model can be asked, whether it is or not. */
  readonly hostingPerMonth?: number;
  readonly requestsPerMonth?: number | undefined;
  /** The tokens of a request, question and answer, to each of the models. */
  readonly tunedPerRequest: number;
  readonly insteadPerRequest: number;
}

export interface BreakEven {
  /** After so many requests training and hosting have paid; Infinity where they never do, NaN where that depends on requests a month that nobody has told. */
  readonly requests: number;
  /** The months that takes; NaN where nobody has told the requests a month. */
  readonly months: number;
  /** With no more requests a month than this hosting alone costs more than is saved; 0 without hosting, Infinity where no request saves anything. */
  readonly leastPerMonth: number;
}

/** Prices have decimal fractions, which are not exact in binary: no request more is needed for the last digits. */
const rounding = 1e-12;

/**
 * The number of requests n after which training + hosting · n / requests a month + tuned · n is no more than instead · n: training ÷ (instead − tuned − hosting ÷ requests a
 * month), rounded up.
 */
export function breakEven({ training, hostingPerMonth = 0, requestsPerMonth, tunedPerRequest, insteadPerRequest }: Costs): BreakEven {
  const saved = insteadPerRequest - tunedPerRequest;
  const hosted = hostingPerMonth === 0 ? 0 : hostingPerMonth / (requestsPerMonth ?? Number.NaN);
  const requests = Number.isNaN(saved - hosted) ? (saved <= 0 ? Infinity : Number.NaN) : saved - hosted > 0 ? Math.ceil((training / (saved - hosted)) * (1 - rounding)) : Infinity;
  return { requests, months: requests / (requestsPerMonth ?? Number.NaN), leastPerMonth: hostingPerMonth === 0 ? 0 : saved > 0 ? hostingPerMonth / saved : Infinity };
}
