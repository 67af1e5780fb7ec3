import { findNodeAtLocation } from "jsonc-parser";
import { placeAt, readJsonc } from "../../dataset/read-jsonc.ts";
import { findTarget, targets } from "../../dataset/targets/index.ts";
import { configurationSchema, type Configuration } from "./schema.ts";

/** What is wrong with a configuration. Lines and columns count from 1, columns in UTF-16 units. */
export interface ConfigurationFault {
  readonly line: number;
  readonly column: number;
  /** What was found, what was expected. */
  readonly message: string;
}

/** Reads the text of a `tunesmith.jsonc`: JSON with comments and trailing commas. Gives every fault when there is one. */
export function parseConfiguration(text: string): { readonly settings: Configuration } | { readonly faults: readonly ConfigurationFault[] } {
  const read = readJsonc(text, configurationSchema, ([first]) => (first === "rules" ? { noun: "rule", otherwise: '"tunesmith rules" lists them.' } : { noun: "setting" }));
  if ("faults" in read) return { faults: read.faults.map(({ offset, message }) => ({ ...placeAt(text, offset), message })) };
  const { tree, value: settings } = read;
  const { target = "openai", method = "sft" } = settings;
  if (findTarget(target, method)) return { settings };
  const node = tree && findNodeAtLocation(tree, [settings.method === undefined ? "target" : "method"]);
  const methods = targets.filter(({ id }) => id === target).map((known) => JSON.stringify(known.method)).join(" or ");
  return { faults: [{ ...placeAt(text, node?.offset ?? 0), message: `There is no method ${JSON.stringify(method)} for the target ${JSON.stringify(target)}; ${methods} is expected as "method".` }] };
}
