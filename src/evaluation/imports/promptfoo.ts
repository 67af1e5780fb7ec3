import * as z from "zod";
import type { WrittenMetric } from "../metrics/index.ts";
import { countEach, recordOf, type Imported } from "./imported.ts";

const variables = z.record(z.string(), z.unknown());
const assertion = z.object({ type: z.string(), value: z.unknown().optional() });
const test = z.object({ vars: variables.optional(), assert: z.array(assertion).optional() });
const prompt = z.union([z.string(), z.object({ raw: z.string() }).transform(({ raw }) => raw)]);
const provider = z.union([z.string().transform((id) => ({ id, label: undefined })), z.object({ id: z.string(), label: z.string().optional() })]);
const configuration = z.object({
  prompts: z.union([prompt.transform((one) => [one]), z.array(prompt).min(1)]), tests: z.array(test).min(1), defaultTest: z.unknown().optional(),
  providers: z.unknown().optional(),
});
const messages = z.array(z.object({ role: z.string(), content: z.string() })).min(1);

/**
 * Reads a configuration of promptfoo's (promptfoo.dev/docs/configuration/reference), its first prompt over every test. The right answer is the value of `equals`, `contains`,
 * `icontains` or `starts-with`; `is-json` and `regex` that all tests share become metrics. Undefined where the value is no such configuration.
 */
export function readPromptfoo(value: unknown): Imported | undefined {
  const read = configuration.safeParse(value);
  if (!read.success) return undefined;
  const { prompts: [template = "", ...otherPrompts], tests } = read.data;
  const { data: defaultTest } = test.safeParse(read.data.defaultTest);
  const { data: providers = [] } = z.union([provider.transform((one) => [one]), z.array(provider)]).safeParse(read.data.providers);
  const left = [
    ...(otherPrompts.length > 0 ? [`${otherPrompts.length} further prompt${otherPrompts.length === 1 ? "" : "s"}: a plan asks every candidate the same`] : []),
    ...(read.data.defaultTest !== undefined && !defaultTest ? ["defaultTest, which is in another file or another form"] : []),
    ...(read.data.providers !== undefined && providers.length === 0 ? ["providers, which are in another file or another form"] : []),
  ];
  const assertionsOf = (own: z.infer<typeof test>): readonly z.infer<typeof assertion>[] => [...(defaultTest?.assert ?? []), ...(own.assert ?? [])];
  const metrics: WrittenMetric[] = [];
  const use = (metric: WrittenMetric): void => void (metrics.some((each) => JSON.stringify(each) === JSON.stringify(metric)) || metrics.push(metric));
  const refuse = (index: number, reason: string): never[] => {
    left.push(`test ${index + 1}: ${reason}`);
    return [];
  };
  const lines = tests.flatMap((own, index) => {
    const rendered = render(template, { ...defaultTest?.vars, ...own.vars });
    if ("reason" in rendered) return refuse(index, rendered.reason);
    const given = assertionsOf(own).find(({ type, value: right }) => Object.hasOwn(answers, type) && typeof right === "string" && right.trim() !== "" && !right.includes("{{"));
    const metric = given && answers[given.type];
    if (!metric) return refuse(index, "no assertion says what the right answer is");
    if (given.type === "icontains") left.push("that letter case does not count for icontains");
    use(metric);
    return [recordOf(rendered.messages, String(given.value))];
  });
  for (const each of shared(tests.map(assertionsOf))) use(each);
  left.push(...tests.flatMap((own) => assertionsOf(own).filter(({ type, value: asked }) => !(Object.hasOwn(answers, type) || shared([[{ type, value: asked }]]).length > 0)).map(({ type }) => `the assertion ${type}`)));
  return { lines, metrics, left: countEach(left), candidates: providers.map(({ id, label }) => ({ model: id.replace(/^[\w-]+:(?:(?:chat|responses|completion|messages):)?/, ""), ...(label === undefined ? {} : { name: label }) })) };
}

/** The metrics that mean what an assertion with the right answer does; `icontains` is stricter here, as letter case counts. */
const answers: Readonly<Record<string, string>> = { equals: "exact-match", contains: "contains", icontains: "contains", "starts-with": "starts-with" };

/** The assertions that every test has alike and that need no answer, as metrics. */
function shared(tests: readonly (readonly z.infer<typeof assertion>[])[]): readonly WrittenMetric[] {
  const [first = [], ...others] = tests;
  const everywhere = first.filter((each) => others.every((other) => other.some((own) => JSON.stringify(own) === JSON.stringify(each))));
  return everywhere.flatMap(({ type, value }): WrittenMetric[] => {
    if (type === "is-json") return [typeof value === "object" && value !== null ? ({ metric: "json-schema", schema: value } as WrittenMetric) : "json-valid"];
    return type === "regex" && typeof value === "string" ? [{ metric: "regex", pattern: value } as WrittenMetric] : [];
  });
}

/** What a prompt says with these variables: names and `dump` alone, since templates are programs and no program of a file is run. */
function render(template: string, values: Readonly<Record<string, unknown>>): { readonly messages: z.infer<typeof messages> } | { readonly reason: string } {
  if (template.startsWith("file://")) return { reason: "its prompt is in another file" };
  let reason: string | undefined;
  // A value in quotes of a JSON prompt is escaped, as promptfoo does it.
  const inJson = /^\s*\[/.test(template);
  const text = template.replaceAll(/\{\{-?\s*([\w.]+)\s*((?:\|\s*\w+\s*)*)-?\}\}/g, (_, name: string, filters: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const asked = filters.split("|").map((each) => each.trim()).filter((each) => each !== "" && each !== "safe");
    if (value === undefined || Array.isArray(value) && !asked.includes("dump")) reason = `its prompt wants ${name}, which is no single value`;
    if (asked.some((each) => each !== "dump")) reason = `its prompt uses the filter ${asked.find((each) => each !== "dump")}`;
    if (asked.includes("dump")) return JSON.stringify(value) ?? "null";
    const plain = typeof value === "string" ? value : JSON.stringify(value) ?? "";
    return inJson ? JSON.stringify(plain).slice(1, -1) : plain;
  });
  if (reason !== undefined) return { reason };
  if (/\{[{%]/.test(template.replaceAll(/\{\{-?\s*[\w.]+\s*(?:\|\s*\w+\s*)*-?\}\}/g, ""))) return { reason: "its prompt is a template that does more than name variables" };
  try {
    const chat = messages.safeParse(JSON.parse(text));
    if (chat.success) return { messages: chat.data };
  } catch {
    // A prompt that is no JSON is one message of the user.
  }
  return { messages: [{ role: "user", content: text }] };
}
