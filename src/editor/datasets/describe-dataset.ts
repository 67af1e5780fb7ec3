import { size } from "../../jobs/confirm-action.ts";
import type { SummaryState } from "./summaries.ts";

/** A dataset's row behind its name: `300 records · 4 errors, 1 warning · OpenAI chat · data`. */
export function describeDataset(folder: string, bytes: number | undefined, state: SummaryState | undefined): string {
  return [...(state?.phase === "done" ? found(state.summary) : [bytes === undefined ? "" : size(bytes), state === undefined ? "" : waits(state)]), folder].filter((part) => part !== "").join(" · ");
}

function found({ formatTitle, records, counts: { error, warning } }: Extract<SummaryState, { phase: "done" }>["summary"]): readonly string[] {
  return [plural(records, "record"), findings({ error, warning }), formatTitle ?? "unknown format"];
}

/** `no problems`, or how many of each gravity there are. */
export function findings({ error, warning }: { readonly error: number; readonly warning: number }): string {
  const parts = [...(error > 0 ? [plural(error, "error")] : []), ...(warning > 0 ? [plural(warning, "warning")] : [])];
  return parts.length === 0 ? "no problems" : parts.join(", ");
}

function waits(state: Exclude<SummaryState, { phase: "done" }>): string {
  return state.phase === "failed" ? state.reason : state.phase === "running" ? "checking…" : "";
}

export function plural(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
