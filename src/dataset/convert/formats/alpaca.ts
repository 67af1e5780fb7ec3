import type { Turn } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import type { JsonObject } from "../json-text.ts";
import { Refusal } from "../loss.ts";
import { optional } from "../messages.ts";
import { plainText, sayText } from "../plain-text.ts";
import { takePair } from "../preference-pair.ts";
import { booleanOf, listOf, textOf, type ObjectReader, type Value } from "../record-reader.ts";

/**
 * Alpaca as LLaMA-Factory reads it: `{"instruction", "input"?, "output", "system"?, "history"?, "kto_tag"?}`.
 * Instruction and input are one text to the model, joined by a line break, and so they are here.
 */
export const alpaca: SourceFormat = {
  id: "alpaca",
  read(record) {
    const turns = readPrompt(record);
    const output = record.take("output");
    return {
      turns: output ? [...turns, answer(output)] : turns,
      tools: [],
      ...optional("label", record.take("kto_tag"), (value) => ({ value: booleanOf(value), path: value.path })),
    };
  },
};

/** The same with two answers, `chosen` and `rejected`, in place of one. */
export const alpacaPreference: SourceFormat = {
  id: "alpaca-preference",
  read(record) {
    const turns = readPrompt(record);
    const [chosen, rejected] = takePair(record);
    // Some datasets have the column and leave it empty.
    const output = record.take("output");
    if (output && textOf(output) !== "") record.record.leave(output.path, "a third answer beside the chosen and the rejected one");
    return { turns, tools: [], preference: { preferred: [answer(chosen)], rejected: [answer(rejected)], path: rejected.path } };
  },
};

/** Alpaca: the last question and its answer, and what was said before as history. */
export const toAlpaca: TargetFormat = {
  id: "alpaca",
  title: "Alpaca",
  source: "LLaMA-Factory, data/README.md, section Alpaca Format",
  same: ["alpaca", "alpaca-preference"],
  holds: new Set(["rejected-answers", "labels"]),
  write({ turns, preference, label }) {
    const [first] = turns;
    const system = first?.speaker === "system" ? plainText(first) : undefined;
    const said = system === undefined ? turns : turns.slice(1);
    const answers = preference && { chosen: onlyAnswer(preference.preferred, "preferred"), rejected: onlyAnswer(preference.rejected, "rejected") };
    const exchanges = pairUp(preference ? [...said, ...preference.preferred] : said);
    const last = exchanges.at(-1);
    if (!last) throw new Refusal("it has no question with an answer, which an Alpaca record is");
    const history = exchanges.slice(0, -1);
    const record: JsonObject = { instruction: last[0], input: "", ...(answers ?? { output: last[1] }) };
    return { ...record, system, history: history.length > 0 ? history : undefined, kto_tag: label?.value };
  },
};

/** The turns before the answer: system, history, question. */
function readPrompt(record: ObjectReader): readonly Turn[] {
  const question = readQuestion(record);
  const [system, history] = [record.take("system"), record.take("history")];
  const instructed = system && textOf(system) !== "" ? [sayText("system", system.path, textOf(system))] : [];
  return [...instructed, ...(history ? listOf(history).flatMap(readExchange) : []), question];
}

function readQuestion(record: ObjectReader): Turn {
  const instruction = record.takeText("instruction");
  const input = record.takeText("input");
  if (instruction === undefined && input === undefined) throw new Refusal("it has no instruction");
  const parts = [instruction, input].filter((text) => text !== undefined && text !== "");
  return sayText("user", "instruction", parts.join("\n"));
}

function readExchange(value: Value): readonly Turn[] {
  const [question, reply, ...more] = listOf(value);
  if (!question || !reply || more.length > 0) throw new Refusal(`${value.path} is no pair of a question and an answer`);
  return [sayText("user", question.path, textOf(question)), sayText("assistant", reply.path, textOf(reply))];
}

function answer(value: Value): Turn {
  return sayText("assistant", value.path, textOf(value));
}

/** Questions with their answers. Throws a Refusal where two follow one another that are no such pair. */
function pairUp(turns: readonly Turn[]): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < turns.length; index += 2) {
    const [question, reply] = [turns[index], turns[index + 1]];
    if (question?.speaker !== "user") throw new Refusal(`${question?.path} is the ${question?.speaker}'s; Alpaca holds questions of the user and answers of the assistant in turn`);
    if (reply?.speaker !== "assistant") throw new Refusal(`${question.path} has no answer behind it; Alpaca holds questions of the user and answers of the assistant in turn`);
    pairs.push([plainText(question), plainText(reply)]);
  }
  return pairs;
}

function onlyAnswer(turns: readonly Turn[], which: string): string {
  const [only] = turns;
  if (!only || turns.length > 1) throw new Refusal(`the ${which} answer has ${turns.length} messages, and Alpaca's has one`);
  return plainText(only);
}
