import { describeEstimate, prices, tokens, type EstimateLine } from "./describe-estimate.ts";
import { mayStart, type LaunchPlan, type PreflightCheck } from "./launch-plan.ts";
import { plain } from "../dataset/markdown-text.ts";
import { methodTitles } from "./method.ts";

/** What a launch will do, for the user to agree to: a question, and sentences that name service, model, records, tokens and price. */
export function describePlan({ service, destination, billing, checks, estimate, launch, earlier }: LaunchPlan): { readonly question: string; readonly detail: string; readonly button: "Start" | "Start Again" } {
  if (!launch || !estimate) throw new RangeError("There is nothing to agree to: the plan has no launch.");
  const { dataset, request, test } = launch;
  const again = earlier.length > 0;
  const size = `${estimate.records.toLocaleString("en")} records, ${tokens(estimate.tokens)} tokens${estimate.exact ? "" : " (an estimate: the model has a tokenizer of its own)"}.`;
  const price = estimate.hourly ? `It costs ${estimate.hourly.amount} ${estimate.hourly.currency} for each hour of training (${estimate.hourly.source}, read on ${estimate.hourly.dated}).`
    : estimate.price ? `It costs ${prices(estimate.price)}${estimate.price.by === "provider" ? ", the service says" : ` (${estimate.price.source}, read on ${estimate.price.dated})`}.` : billing;
  const doubts = checks.filter(({ outcome }) => outcome === "doubtful").map(({ message }) => message);
  return {
    question: `Fine-tune ${request.model} on ${nameOf(dataset.path)} at ${service.title}?`,
    detail: [
      `${service.title} learns by ${methodTitles[request.method ?? "sft"]}.`, size, chosenOf(request.hyperparameters), ...timeOf(describeEstimate(estimate)), destination, price,
      ...(test === undefined ? [] : [`Once it has succeeded, base and tuned model answer ${nameOf(test)}.`]), ...doubts,
    ].join("\n"),
    button: again ? "Start Again" : "Start",
  };
}

/** A plan as a document in Markdown: what it will take, and what was checked. */
export function planDocument(plan: LaunchPlan): string {
  const { service, estimate, launch, checks, destination, billing } = plan;
  const head = launch ? `# ${plain(`${launch.request.model} on ${nameOf(launch.dataset.path)} at ${service.title}`)}` : `# A launch at ${plain(service.title)}`;
  const table = estimate ? ["| | | |", "|---|---|---|", ...describeEstimate(estimate).map(({ name, value, note = "" }) => `| **${plain(name)}** | ${plain(value)} | ${plain(note)} |`)] : ["What it takes cannot be said before the faults below are mended."];
  return [head, "", ...table, "", plain(`${destination} ${billing}`), "", "## Checks", "", ...checks.map(checkLine), "", mayStart(plan) ? "Nothing forbids the start." : "**It cannot be started like this.**", ""].join("\n");
}

function checkLine({ outcome, name, message }: PreflightCheck): string {
  const mark = { passed: "✓", doubtful: "⚠", failed: "✗" }[outcome];
  return `- ${mark} ${name}: ${plain(message)}`;
}

function chosenOf(hyperparameters: Readonly<Record<string, unknown>>): string {
  const chosen = Object.entries(hyperparameters).map(([name, value]) => `${name} ${String(value)}`);
  return chosen.length === 0 ? "The service chooses epochs, batch size and learning rate." : `With ${chosen.join(", ")}.`;
}

function timeOf(lines: readonly EstimateLine[]): string[] {
  const told = ["Steps", "Epochs", "Time"].flatMap((name) => lines.filter((line) => line.name === name && /\d/.test(line.value)));
  return told.length === 0 ? [] : [`${told.map(({ name, value, note }) => `${name}: ${value}${note !== undefined && name === "Time" ? ` (${note})` : ""}`).join(". ")}.`];
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
