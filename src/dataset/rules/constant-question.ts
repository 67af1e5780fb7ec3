import { createMajority } from "../majority.ts";
import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const constantQuestion: DatasetRule = {
  id: "constant-question",
  severity: "warning",
  summary: "Nearly all records ask the same, so that the answers cannot depend on what is asked.",
  explanation: "From 50 records on, more than nine in ten with one question leave nothing to learn from but the answers; OpenAI's own tool for preparing data refused files in which all prompts are the same. Was the wrong column taken, or does what differs stand in the system message? Put it into the user's.",
  source: "https://github.com/openai/openai-python (lib/_validators.py)",
  comparesTexts: true,
  begin: () => {
    const majority = createMajority();
    return {
      add({ traits, line }) {
        // Two images under one question are two questions.
        if (traits?.questionHash !== undefined && !traits.media) majority.add(traits.questionHash, line);
        return nothing;
      },
      *finish() {
        const found = majority.result();
        if (found) yield aboutFile(`At least ${found.count} of ${found.total} records ask the same, what line ${found.line + 1} asks; their answers cannot depend on it. Was the wrong column taken?`);
      },
    };
  },
};
