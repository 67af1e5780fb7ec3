import { describeEstimate } from "../../jobs/describe-estimate.ts";
import { mayStart, type LaunchPlan } from "../../jobs/launch-plan.ts";
import { visible } from "../excerpt.ts";

const marks = { passed: "✓", doubtful: "⚠", failed: "✗" } as const;

/** A plan for a reader: what it takes, and what was checked. */
export function planText({ service, launch, estimate, checks, destination, billing }: LaunchPlan): string {
  const head = launch ? `${launch.request.model} on ${launch.dataset.path} at ${service.title}\n` : "";
  const facts = estimate ? describeEstimate(estimate) : [];
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  const lines = [
    ...facts.map(({ name, value, note }) => `  ${name.padEnd(width)}  ${value}${note === undefined ? "" : `  (${note})`}`),
    ...(destination === "" ? [] : [`  ${destination} ${billing}`]),
    ...checks.map(({ outcome, name, message }) => `${marks[outcome]} ${name}: ${message}`),
  ];
  return `${visible(head.trimEnd())}\n${lines.map((line) => `${visible(line)}\n`).join("")}`.replace(/^\n/, "");
}

/** The same as data. */
export function planJson(plan: LaunchPlan): object {
  const { service, launch, estimate, checks, earlier } = plan;
  return {
    mayStart: mayStart(plan), service: service.id,
    ...(launch ? { launch: { model: launch.request.model, dataset: launch.dataset, ...(launch.validation ? { validation: launch.validation } : {}), request: launch.request } } : {}),
    ...(estimate ? { estimate } : {}),
    checks: checks.map(({ place, ...check }) => ({ ...check, ...(place ? { path: place.file, line: place.line + 1, column: place.character + 1 } : {}) })),
    earlier: earlier.map(({ id, job, step, createdAt }) => ({ launch: id, ...(job === undefined ? {} : { job }), step, createdAt: new Date(createdAt).toISOString() })),
  };
}
