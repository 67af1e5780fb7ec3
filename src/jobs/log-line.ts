import type { JobEvent } from "./job.ts";

/** One event as a line of a log: moment, level, message, and what was measured besides. */
export function toLogLine({ createdAt, level, message, metrics }: JobEvent): string {
  const measured = Object.entries(metrics ?? {}).filter(([name]) => name !== "step" && name !== "total_steps").map(([name, value]) => `${name}=${Number(value.toPrecision(4))}`);
  const more = measured.length === 0 ? "" : `  ${measured.join(" ")}`;
  return `${new Date(createdAt).toISOString().replace(/\.\d+Z$/, "Z")} [${level === "warn" ? "warning" : level}] ${message.replaceAll(/\r?\n/g, "\n    ")}${more}\n`;
}
