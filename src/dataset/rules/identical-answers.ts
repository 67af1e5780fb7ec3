import { canonical } from "../canonical.ts";
import { endOf, property, type Node } from "../json-node.ts";
import type { DatasetRecord } from "../record.ts";
import type { RecordRule } from "./rule.ts";

export const identicalAnswers: RecordRule = {
  id: "identical-answers",
  severity: "warning",
  summary: "The preferred and the rejected answer of a record are the same, so there is nothing to prefer.",
  explanation: "The loss of such a pair is constant: it costs tokens and teaches nothing, and it is often a sign that the pairs were put together wrongly. Remove the record, or write an answer that is worse.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  *check(record, { method }) {
    if (method !== "dpo") return;
    const { chosen, rejected } = answersOf(record);
    if (!chosen || !rejected || canonical(chosen) !== canonical(rejected)) return;
    yield { start: rejected.offset, end: endOf(rejected), message: "The rejected answer is the same as the preferred one; expected two different answers." };
  },
};

function answersOf({ dialogues, texts, tree, format }: DatasetRecord): { readonly chosen: Node | undefined; readonly rejected: Node | undefined } {
  if (format === "gemini-preference" || format === "openai-preference") return { chosen: dialogues.find(({ part }) => part === "answer")?.list, rejected: dialogues.find(({ part }) => part === "rejected")?.list };
  return { chosen: property(tree, "chosen") ?? texts.find(({ purpose }) => purpose === "answer")?.node, rejected: property(tree, "rejected") ?? texts.find(({ purpose }) => purpose === "rejected")?.node };
}
