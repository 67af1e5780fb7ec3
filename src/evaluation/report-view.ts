import type { PlanRecord } from "./plan-record.ts";
import type { Setting } from "./report-schema.ts";
import type { TokenPrice } from "./usage.ts";

/** What reports of both kinds have: any number of candidates, the first of which is the baseline, and what each made of every record. */
export interface ReportView extends Pick<Setting, "metric" | "also" | "slices"> {
  readonly candidates: readonly { readonly name: string; readonly price?: TokenPrice | undefined; readonly batch?: boolean | undefined }[];
  readonly records: readonly PlanRecord[];
}
