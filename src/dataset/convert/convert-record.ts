import { recogniseFormat } from "../formats/index.ts";
import { readTree } from "../json-node.ts";
import { findSyntaxFaults } from "../json-syntax.ts";
import type { TokenFault } from "../json-token.ts";
import type { Conversation } from "./conversation.ts";
import type { TargetFormat } from "./format.ts";
import { sourceFormats } from "./index.ts";
import { jsonTextOf, writeJson } from "./json-text.ts";
import { Refusal, type Loss } from "./loss.ts";
import type { Mapping } from "./mapping.ts";
import { readRow } from "./read-row.ts";
import { openObject } from "./record-reader.ts";
import { withhold } from "./withhold.ts";

/** A record as a line of JSON with what is lost on the way, or the reason why it cannot be converted under any circumstances. */
export type Converted = { readonly line: string; readonly losses: readonly Loss[] } | { readonly refusal: string };

/** Converts the JSON of one record. A record that is in the target's format already, with nothing besides, stays as it is written, on one line. */
export function convertRecord(text: string, target: TargetFormat): Converted {
  const [fault] = findSyntaxFaults(text);
  if (fault) return { refusal: faultOf(fault) };
  const node = readTree(text);
  if (!node) return { refusal: "it is nested too deeply to be read" };
  if (node.type !== "object") return { refusal: "it is no JSON object" };
  const recognised = recogniseFormat(node);
  const format = sourceFormats.find(({ id }) => id === recognised);
  if (!format) return { refusal: "it is in no format that can be converted from" };
  const losses: Loss[] = [];
  return refusable(() => {
    const record = openObject({ node, path: "", record: { text, leave: (path, what) => losses.push({ path, reason: `${target.title} has no place for ${what}` }) } });
    const conversation = format.read(record);
    record.finish();
    if (target.same.includes(format.id) && losses.length === 0) return { line: jsonTextOf(node, text).jsonText, losses: [] };
    return writeConversation(conversation, target, losses);
  });
}

/** Converts the JSON of one row of a table, whose columns are said by whom the mapping tells. */
export function convertRow(text: string, mapping: Mapping, target: TargetFormat): Converted {
  const [fault] = findSyntaxFaults(text);
  if (fault) return { refusal: faultOf(fault) };
  return refusable(() => writeConversation(readRow(text, mapping), target));
}

function faultOf({ start, message }: TokenFault): string {
  return `it is not valid JSON: column ${start + 1}: ${message}`;
}

/** Writes a conversation; `losses` are those of reading it, to which those of writing are added. */
export function writeConversation(conversation: Conversation, target: TargetFormat, losses: Loss[] = []): Converted {
  const lose = (path: string, reason: string): void => void losses.push({ path, reason });
  return { line: writeJson(target.write(withhold(conversation, target.title, target.holds, lose), lose)), losses };
}

/** What `run` gives, or the refusal that it throws. */
function refusable(run: () => Converted): Converted {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message };
    throw error;
  }
}
