import { createMajority } from "../majority.ts";
import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const constantAnswer: DatasetRule = {
  id: "constant-answer",
  severity: "warning",
  summary: "Nearly all records have the same answer, so that the model learns to give it whatever is asked.",
  explanation: "From 50 records on, more than nine in ten with one answer teach that answer and nothing else; OpenAI's own tool for preparing data refused files in which all completions are the same. Was the wrong column taken, or is one label much more frequent? Balance the labels.",
  source: "https://github.com/openai/openai-python (lib/_validators.py)",
  comparesTexts: true,
  begin: ({ target: { method } }) => {
    const majority = createMajority();
    return {
      add({ traits, line }) {
        if (traits?.answerHash !== undefined && method !== "rft") majority.add(traits.answerHash, line);
        return nothing;
      },
      *finish() {
        const found = majority.result();
        if (found) yield aboutFile(`At least ${found.count} of ${found.total} records have the same answer, that of line ${found.line + 1}; the model learns to give it whatever is asked. Balance the answers.`);
      },
    };
  },
};
