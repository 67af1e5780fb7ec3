import type { PlanReport } from "./plan-report.ts";
import { namesOf } from "./report-document.ts";
import type { Report } from "./report.ts";

/** A check of promptfoo's; `value` is a template there. */
interface Assertion {
  readonly type: string;
  readonly value?: unknown;
  readonly transform?: string;
}

/**
 * The evaluation as a configuration of promptfoo's (promptfoo.dev/docs/configuration): the same records, models and options, as JSON, which is YAML too. It names no address and no key:
 * promptfoo takes both from the environment. Of metrics, those that promptfoo has too are its assertions, and the description names the others; so does it count records that are
 * left out because their texts would be templates. Candidates are asked plainly: examples and retrieval are not known to promptfoo, and the description says so.
 */
export function toPromptfoo(report: Report | PlanReport): string {
  const assertions = [report.metric, ...(report.also ?? [])].map((id) => ({ id, to: assertionOf(id) }));
  const strange = assertions.flatMap(({ id, to }) => (to ? [] : [id.split(" ", 1)[0] ?? id]));
  const records = report.records.filter(({ prompt, reference }) => ![reference, ...prompt.map(({ content }) => content)].some((text) => template.test(text)));
  const otherwise = report.version === 2 ? report.candidates.filter(({ fewShot, retrieval }) => fewShot !== undefined || retrieval !== undefined).map(({ name }) => name) : [];
  const left = report.records.length - records.length;
  const notes = [
    `Evaluation of ${report.dataset.path}, SHA-256 ${report.dataset.sha256}.`,
    ...(strange.length > 0 ? [`Without a counterpart here: ${strange.join(", ")}.`] : []),
    ...(otherwise.length > 0 ? [`Asked with examples in Tunesmith and left out here: ${otherwise.join(", ")}.`] : []),
    ...(left > 0 ? [`${left} record${left === 1 ? " is" : "s are"} left out, whose texts promptfoo would take for templates.`] : []),
  ];
  const { temperature, maximumTokens, seed } = report.options;
  return `${JSON.stringify({
    description: notes.join(" "),
    prompts: ["{{ messages | dump }}"],
    providers: modelsOf(report).map(({ name, service, model }) => ({
      id: `openai:chat:${model}`, label: name,
      config: { apiBaseUrl: `{{ env.${variable(service)}_BASE_URL }}`, apiKeyEnvar: `${variable(service)}_API_KEY`, temperature, max_tokens: maximumTokens, ...(seed === undefined ? {} : { seed }) },
    })),
    tests: records.map(({ line, prompt, reference }) => ({
      description: `line ${line}`, vars: { messages: prompt }, assert: assertions.flatMap(({ to }) => to?.(reference) ?? []), metadata: { line, reference },
    })),
  }, undefined, 2)}\n`;
}

/** What promptfoo's templates (Nunjucks) begin with. */
const template = /\{[{%#]/;

function modelsOf(report: Report | PlanReport): readonly { readonly name: string; readonly service: string; readonly model: string }[] {
  if (report.version === 1) return namesOf(report).map((name) => ({ name, service: report.models.provider, model: name }));
  return report.candidates.filter(({ fewShot, retrieval }) => fewShot === undefined && retrieval === undefined);
}

/** A service's name as part of an environment variable's. */
function variable(service: string): string {
  return service.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_").replaceAll(/^_|_$/g, "") || "SERVICE";
}

/** The assertion that says of a reference what a metric does; undefined where promptfoo has none that means the same. */
function assertionOf(id: string): ((reference: string) => Assertion) | undefined {
  const at = id.indexOf(" ");
  const name = at < 0 ? id : id.slice(0, at);
  const parameters = at < 0 ? {} : (JSON.parse(id.slice(at)) as Readonly<Record<string, unknown>>);
  if (name === "exact-match") return (reference) => ({ type: "equals", value: reference.trim(), transform: "output.trim()" });
  if (name === "contains") return (reference) => ({ type: "contains", value: reference.trim() });
  if (name === "json-valid") return () => ({ type: "is-json" });
  if (name === "json-schema") return () => ({ type: "is-json", value: parameters["schema"] });
  if (name === "regex" && parameters["compare"] !== true && parameters["ignoreCase"] !== true && !template.test(String(parameters["pattern"]))) return () => ({ type: "regex", value: parameters["pattern"] });
  return undefined;
}
