import type { LaunchFile } from "./schema.ts";

/** A launch file's text, in the order in which people read it; `notes` stand above it as comments. */
export function toLaunchText({ service, model, data, method, target, hyperparameters, grader, suffix, seed, integrations, compute, evaluation }: LaunchFile, notes: readonly string[] = []): string {
  const ordered = Object.fromEntries(Object.entries({ service, model, data, method, target, hyperparameters, grader, suffix, seed, integrations, compute, evaluation }).filter(([, value]) => value !== undefined));
  return `// One fine-tuning job. Hover a name to see what it does; Check, Estimate and Start stand above.\n${notes.map((note) => `// ${note.replaceAll(/\s+/g, " ")}\n`).join("")}${JSON.stringify(ordered, undefined, 2)}\n`;
}
