import type { Speaker } from "../dialogue.ts";
import { textsOf } from "../dialogue.ts";
import { findFormat, recogniseFormat } from "../formats/index.ts";
import { endOf, readTree } from "../json-node.ts";
import type { DatasetRecord } from "../record.ts";
import type { Target } from "../targets/target.ts";
import { toolsOf, type ToolUse } from "../tools.ts";
import { recordTokens, type CountTokens } from "./tokens.ts";

/** The port to a detector of languages: the ISO 639-1 code of a text's language; undefined where that cannot be told. */
export type DetectLanguage = (text: string) => string | undefined;

/** What can be measured of one record. */
export interface RecordFacts {
  readonly tokens: number;
  /** UTF-16 units of all that is said. */
  readonly characters: number;
  /** Messages, without those of a rejected answer; of a record without messages its texts. */
  readonly turns: number;
  /** Who speaks, each once, in the order in which they begin. */
  readonly roles: readonly string[];
  /** The last answer. */
  readonly answer: string | undefined;
  /** The first system message. */
  readonly system: string | undefined;
  /** What the user says first. */
  readonly question: string | undefined;
  /** The language of what is asked, or of what is said where nothing is. */
  readonly language: string | undefined;
  /** The definitions of tools as they are written. */
  readonly definitions: string | undefined;
  /** The names of the tools that are called, each once. */
  readonly called: readonly string[];
}

/** Characters of a text by which its language is told. */
const shown = 300;
/** A question of fewer characters is looked at together with its answer. */
const telling = 60;

/** What a record of any known format holds; undefined for what is none. `target` only says how keys are read that mean one thing here and another there. Never throws. */
export function factsOf(text: string, target: Target, count: CountTokens, detect: DetectLanguage): RecordFacts | undefined {
  const tree = readTree(text);
  const id = tree?.type === "object" ? recogniseFormat(tree, target.formats) : undefined;
  if (!tree || id === undefined) return undefined;
  const format = findFormat(id);
  const record: DatasetRecord = { text, faults: [], tree, format: id, accepted: true, dialogues: format.dialogues?.(tree) ?? [], texts: format.texts?.(tree) ?? [] };
  const said = [
    ...record.texts.map(({ node, purpose }) => ({ offset: node.offset, speaker: speakerOfField[purpose], role: speakerOfField[purpose] as string, text: String(node.value), isRejected: purpose === "rejected", isTurn: record.dialogues.length === 0 })),
    ...record.dialogues.flatMap(({ part, turns }) => turns.map((turn) => ({ offset: turn.node.offset, speaker: turn.meant, role: turn.meant ?? turn.role ?? "?", text: textsOf(turn).map(({ value }) => String(value)).join("\n"), isRejected: part === "rejected", isTurn: true }))),
  ].sort((a, b) => a.offset - b.offset);
  const kept = said.filter(({ isRejected }) => !isRejected);
  const texts = (...speakers: readonly (Speaker | undefined)[]): readonly string[] => kept.filter(({ speaker, text: each }) => speakers.includes(speaker) && each !== "").map(({ text: each }) => each);
  const questions = texts("user");
  const answers = texts("assistant");
  const tools: Pick<ToolUse, "lists" | "calls"> | undefined = /tool|function/i.test(text) ? toolsOf(record) : undefined;
  const definitions = tools?.lists.filter(({ tools: declared }) => declared.length > 0).map(({ value }) => text.slice(value.offset, endOf(value))).join("\n");
  return {
    tokens: recordTokens(text, count).tokens,
    characters: said.reduce((sum, { text: each }) => sum + each.length, 0),
    turns: kept.filter(({ isTurn }) => isTurn).length,
    roles: [...new Set(said.map(({ role }) => role))],
    answer: answers.at(-1),
    system: texts("system", "developer")[0],
    question: questions[0],
    language: languageOf(questions.at(-1), answers.at(-1), detect),
    definitions: definitions === "" ? undefined : definitions,
    called: [...new Set((tools?.calls ?? []).map(({ name }) => String(name?.value ?? "?")))],
  };
}

const speakerOfField = { system: "system", question: "user", answer: "assistant", rejected: "assistant", text: "assistant" } as const;

function languageOf(question: string | undefined, answer: string | undefined, detect: DetectLanguage): string | undefined {
  const asked = (question ?? "").slice(0, shown);
  const text = asked.length < telling ? `${asked} ${(answer ?? "").slice(0, shown)}` : asked;
  return /\p{L}{2}/u.test(text) ? detect(text) : undefined;
}
