import { distance } from "fastest-levenshtein";
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import * as z from "zod";

/** What is wrong in a text of settings, and where: in UTF-16 units from its beginning. */
export interface JsoncFault {
  readonly offset: number;
  readonly length: number;
  /** Whether it is no JSON, or JSON that says what it cannot. */
  readonly kind: "syntax" | "schema";
  /** What was found, what was expected. */
  readonly message: string;
}

/** A text as far as it could be read: the tree is there unless the text is no JSON at all, the value only without a fault. */
export type JsoncRead<Value> = { readonly tree: Node | undefined } & ({ readonly value: Value } | { readonly faults: readonly JsoncFault[] });

/** How the keys of an object are called in complaints, and what is said of an unknown one that resembles none. */
export interface KeyWords {
  readonly noun: string;
  readonly otherwise?: string;
}

type Path = readonly (string | number)[];
type Issue = z.core.$ZodIssue;

/** Reads JSON with comments, trailing commas and a byte-order mark by a schema. Gives every fault when there is one. */
export function readJsonc<Value>(text: string, schema: z.ZodType<Value>, wordsOf: (path: Path) => KeyWords = () => ({ noun: "setting" })): JsoncRead<Value> {
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const errors: ParseError[] = [];
  // A blank for the mark keeps the offsets.
  const plain = mark ? ` ${text.slice(1)}` : text;
  const tree = parseTree(plain, errors, { allowTrailingComma: true });
  if (!tree || errors.length > 0) {
    if (plain.trim() === "") return { tree, faults: [{ offset: mark, length: 0, kind: "syntax", message: "The file is empty; {} is the least that it can say." }] };
    // What follows the first fault of the syntax is a guess of the parser.
    const [first] = errors;
    return { tree, faults: [{ offset: first?.offset ?? mark, length: first?.length ?? 0, kind: "syntax", message: `This is no JSON: ${first ? words(printParseErrorCode(first.error)) : "value expected"}.` }] };
  }
  const faults = duplicateKeys(tree).map((key) => at(key, `${JSON.stringify(key.value)} is here twice; one of them is expected.`));
  const read = schema.safeParse(toValue(tree));
  if (!read.success) faults.push(...read.error.issues.flatMap((issue) => describe(issue, tree, plain, schema, wordsOf)));
  else if (faults.length === 0) return { tree, value: read.data };
  return { tree, faults: faults.sort((a, b) => a.offset - b.offset) };
}

/** The names that a wrong one may mean: what differs in a third of its letters at most, the nearest first. */
export function nearNames(written: string, known: readonly string[]): readonly string[] {
  return known
    .map((name) => ({ name, far: name.includes(written) && written.length >= 4 ? 1 : distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(2, Math.floor(Math.max(name.length, written.length) / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A place of a text, both from 1; columns in UTF-16 units. */
export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(text.startsWith("\uFEFF") ? 1 : 0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function at({ offset, length }: Node, message: string): JsoncFault {
  return { offset, length, kind: "schema", message };
}

function describe(issue: Issue, tree: Node, text: string, schema: z.ZodType, wordsOf: (path: Path) => KeyWords): JsoncFault[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  const found = findNodeAtLocation(tree, path);
  const meant = issue.code === "invalid_union" ? meantBranch(issue, found) : undefined;
  if (meant) return meant.flatMap((each) => describe({ ...each, path: [...issue.path, ...each.path] }, tree, text, schema, wordsOf));
  const name = path.length === 0 ? "The file" : `"${path.join(".")}"`;
  if (issue.code === "unrecognized_keys") {
    const known = keysOf(schema, path, tree);
    const { noun, otherwise = `expected are ${known.join(", ")}.` } = wordsOf(path);
    return issue.keys.map((key) => {
      const near = nearNames(key, known).map((each) => JSON.stringify(each)).join(" or ");
      return at(keyNode(found, key) ?? found ?? tree, `There is no ${noun} ${JSON.stringify(key)}; ${near !== "" ? `did you mean ${near}?` : otherwise}`);
    });
  }
  if (!found) {
    // What lacks has no place of its own: it is told where it should be.
    const parent = findNodeAtLocation(tree, path.slice(0, -1)) ?? tree;
    const open = { offset: parent.offset, length: 1, kind: "schema" as const };
    return [{ ...open, message: `${name} is missing; expected is ${expected(issue)}.` }];
  }
  const shown = found.type === "object" ? "an object" : found.type === "array" ? "a list" : text.slice(found.offset, found.offset + Math.min(found.length, 40));
  return [at(found, `${name} is ${shown}; expected is ${expected(issue)}.`)];
}

function expected(issue: Issue): string {
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value)).join(" or ");
  if (issue.code === "too_small") return issue.origin === "string" ? "a text that is not empty" : issue.origin === "array" ? `a list of at least ${issue.minimum}` : `a number ${issue.inclusive ? "from" : "above"} ${issue.minimum}`;
  if (issue.code === "too_big") return issue.origin === "string" ? `a text of at most ${issue.maximum} characters` : issue.origin === "array" ? `a list of at most ${issue.maximum}` : `a number ${issue.inclusive ? "up to" : "below"} ${issue.maximum}`;
  // No kind of object has this name; the schema says which there are.
  if (issue.code === "invalid_union" && issue.errors.length === 0) return issue.message;
  if (issue.code === "invalid_union") return issue.errors.map(([first]) => (first ? expected(first) : "another value")).join(" or ");
  if (issue.code !== "invalid_type") return `otherwise (${issue.message})`;
  const types: Readonly<Record<string, string>> = { object: "an object", record: "an object", array: "a list", string: "a text in quotes", number: "a number", int: "a whole number", boolean: "true or false" };
  return types[issue.expected] ?? issue.expected;
}

/** Of the kinds of a value that a union takes, what is wrong for the one that an object was meant as; undefined where none takes objects, or none can be told. */
function meantBranch(issue: z.core.$ZodIssueInvalidUnion, found: Node | undefined): readonly Issue[] | undefined {
  if (found?.type !== "object") return undefined;
  const [meant, ...others] = issue.errors.filter((errors) => !errors.some(({ path, code }) => path.length === 0 && (code === "invalid_type" || code === "invalid_value")));
  return others.length === 0 ? meant : undefined;
}

/** The keys that an object of the schema may have; of several kinds of objects, those of the kind that the object of the tree says it is. */
function keysOf(schema: z.ZodType, path: Path, tree: Node): readonly string[] {
  let current: unknown = unwrapped(schema);
  for (const [index, part] of path.entries()) {
    current = chosen(current, findNodeAtLocation(tree, path.slice(0, index)));
    if (current instanceof z.ZodObject) current = unwrapped((current.shape as Readonly<Record<string, unknown>>)[String(part)]);
    else if (current instanceof z.ZodArray) current = unwrapped(current.element);
    else if (current instanceof z.ZodRecord) current = unwrapped(current.valueType);
    else return [];
  }
  current = chosen(current, findNodeAtLocation(tree, [...path]));
  return current instanceof z.ZodObject ? Object.keys(current.shape as object) : [];
}

/** Of a union, the object whose fixed values the node has. */
function chosen(schema: unknown, node: Node | undefined): unknown {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const objects = (schema.options as readonly unknown[]).map((option) => chosen(unwrapped(option), node)).filter((option) => option instanceof z.ZodObject);
  return objects.find(({ shape }) => Object.entries(shape as object).every(([key, value]) => !(value instanceof z.ZodLiteral) || (node && value.values.has(findNodeAtLocation(node, [key])?.value as never))));
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}

/** A value as its own data: a key `__proto__` is a key like any other, which the schema refuses. */
function toValue(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(toValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries((node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[String(key.value), toValue(value)]] : [])));
}

function keyNode(object: Node | undefined, name: string): Node | undefined {
  return object?.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[0];
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

/** `PropertyNameExpected` as `property name expected`. */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, " $&").toLowerCase();
}
