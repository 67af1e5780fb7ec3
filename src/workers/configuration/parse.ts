import { distance } from "fastest-levenshtein";
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import type { z } from "zod";
import { findTarget, targets } from "../../dataset/targets/index.ts";
import { configurationSchema, type Configuration } from "./schema.ts";

/** What is wrong with a configuration. Lines and columns count from 1, columns in UTF-16 units. */
export interface ConfigurationFault {
  readonly line: number;
  readonly column: number;
  /** What was found, what was expected. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** Reads the text of a `tunesmith.jsonc`: JSON with comments and trailing commas. Gives every fault when there is one. */
export function parseConfiguration(written: string): { readonly settings: Configuration } | { readonly faults: readonly ConfigurationFault[] } {
  const text = written.replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (!tree || errors.length > 0) {
    if (text.trim() === "") return { faults: [{ line: 1, column: 1, message: "The file is empty; {} is the least that it can say." }] };
    // What follows the first fault of the syntax is a guess of the parser.
    const [first] = errors;
    const message = `This is no JSON: ${first ? words(printParseErrorCode(first.error)) : "value expected"}.`;
    return { faults: [{ ...positionAt(text, first?.offset ?? 0), message }] };
  }
  const faults: ConfigurationFault[] = duplicateKeys(tree).map((key) => ({ ...positionAt(text, key.offset), message: `${JSON.stringify(key.value)} is here twice; one of them is expected.` }));
  const read = configurationSchema.safeParse(toValue(tree));
  if (!read.success) faults.push(...read.error.issues.flatMap((issue) => describe(issue, tree, text)));
  else {
    const { target = "openai", method = "sft" } = read.data;
    if (!findTarget(target, method)) {
      const node = findNodeAtLocation(tree, [read.data.method === undefined ? "target" : "method"]);
      const methods = targets.filter(({ id }) => id === target).map((known) => JSON.stringify(known.method)).join(" or ");
      faults.push({ ...positionAt(text, node?.offset ?? 0), message: `There is no method ${JSON.stringify(method)} for the target ${JSON.stringify(target)}; ${methods} is expected as "method".` });
    }
    if (faults.length === 0) return { settings: read.data };
  }
  return { faults: faults.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** The names that a wrong one may mean: what differs in a third of its letters at most, the nearest first. */
export function nearNames(written: string, known: readonly string[]): readonly string[] {
  return known
    .map((name) => ({ name, far: name.includes(written) && written.length >= 4 ? 1 : distance(written.toLowerCase(), name) }))
    .filter(({ name, far }) => far <= Math.max(2, Math.floor(Math.max(name.length, written.length) / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

function describe(issue: Issue, tree: Node, text: string): ConfigurationFault[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  const node = findNodeAtLocation(tree, path) ?? tree;
  const name = path.length === 0 ? "The file" : `"${path.join(".")}"`;
  if (issue.code === "unrecognized_keys") {
    const inRules = path[0] === "rules";
    const known = Object.keys(inRules ? configurationSchema.shape.rules.unwrap().shape : configurationSchema.shape);
    return issue.keys.map((key) => {
      const near = nearNames(key, known).map((each) => JSON.stringify(each)).join(" or ");
      const hint = near !== "" ? `did you mean ${near}?` : inRules ? '"tunesmith rules" lists them.' : `expected are ${known.join(", ")}.`;
      return { ...positionAt(text, keyNode(node, key)?.offset ?? node.offset), message: `There is no ${inRules ? "rule" : "setting"} ${JSON.stringify(key)}; ${hint}` };
    });
  }
  const found = node.type === "object" ? "an object" : node.type === "array" ? "a list" : text.slice(node.offset, node.offset + Math.min(node.length, 40));
  return [{ ...positionAt(text, node.offset), message: `${name} is ${found}; expected is ${expected(issue)}.` }];
}

function expected(issue: Issue): string {
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value)).join(" or ");
  if (issue.code === "too_small") return issue.origin === "string" ? "a text that is not empty" : `a number from ${issue.minimum}`;
  if (issue.code !== "invalid_type") return `otherwise (${issue.message})`;
  const types: Readonly<Record<string, string>> = { object: "an object", array: "a list", string: "a text in quotes", number: "a number", int: "a whole number" };
  return types[issue.expected] ?? issue.expected;
}

/** A value as its own data: a key `__proto__` is a key like any other, which the schema refuses. */
function toValue(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(toValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries((node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[String(key.value), toValue(value)]] : [])));
}

function keyNode(object: Node, name: string): Node | undefined {
  return object.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[0];
}

function duplicateKeys(node: Node): Node[] {
  const seen = new Set<unknown>();
  return (node.children ?? []).flatMap((child) => {
    if (child.type !== "property") return duplicateKeys(child);
    const [key, value] = child.children ?? [];
    const again = key && seen.has(key.value) ? [key] : [];
    seen.add(key?.value);
    return [...again, ...(value ? duplicateKeys(value) : [])];
  });
}

function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `PropertyNameExpected` as `property name expected`. */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, " $&").toLowerCase();
}
