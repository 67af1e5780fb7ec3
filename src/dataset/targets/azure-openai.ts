import { openai, openaiImages } from "./openai.ts";
import type { Target } from "./target.ts";

/** What Azure changes of OpenAI's rules. Source: MicrosoftDocs/azure-ai-docs, fine-tuning and quotas-limits; microsoft/azure-skills, `scripts/validate`. */
const changes = {
  id: "azure-openai",
  provider: "Azure OpenAI",
  dated: "2026-11-22",
  byteOrderMark: "wanted",
  blankLines: "taken",
} as const satisfies Partial<Target>;

const source = "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/fine-tuning";

/** Fine-tuning at Azure OpenAI (Microsoft Foundry). */
export const azureOpenai: readonly Target[] = openai.map((target) => {
  const turns = { ...target.turns, maximum: 2048 };
  switch (target.method) {
    case "sft":
      return { ...target, ...changes, source, title: "Azure OpenAI supervised fine-tuning", roles: ["system", "user", "assistant", "tool"], turns: { ...turns, withoutUser: "refused" }, images: { ...openaiImages, perRecord: 64 } };
    case "dpo":
      return { ...target, ...changes, source: `${source}-direct-preference-optimization`, title: "Azure OpenAI preference fine-tuning (DPO)", turns: { ...turns, withoutUser: "refused" }, answers: { roles: ["assistant", "tool"] } };
    case "rft":
      return { ...target, ...changes, source: "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reinforcement-fine-tuning", title: "Azure OpenAI reinforcement fine-tuning", turns, grader: { ...target.grader, escapedSource: true }, blockedPhrases: ["chain of thought", "chain-of-thought", "step by step reasoning", "let me think", "think carefully", "think step by step", "reason through", "show your reasoning"] };
  }
});
