import { localTrainer, templateTools } from "./local-trainer.ts";
import type { Target } from "./target.ts";

/** What LLaMA-Factory's stages have in common; a record that it drops with a warning is lost. Source: hiyouga/LLaMA-Factory, data/README.md, `src/llamafactory/data/{converter,processor}`. */
const base = {
  ...localTrainer,
  id: "llama-factory",
  provider: "LLaMA-Factory",
  source: "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md",
  dated: "2026-11-22",
  roles: ["system", "user", "assistant", "tool"],
  tools: { ...templateTools, arguments: "either" },
  mediaColumns: "tags",
} as const satisfies Partial<Target>;

const turns = { system: "first", starts: ["user", "tool"], order: "strict", disorder: "refused" } as const;

/** Training with LLaMA-Factory, on a machine of one's own. */
export const llamaFactory: readonly Target[] = [
  { ...base, method: "sft", title: "LLaMA-Factory supervised fine-tuning", formats: ["alpaca", "sharegpt", "chat", "text"], turns: { ...turns, last: { speakers: ["assistant"], otherwise: "refused" } } },
  { ...base, method: "dpo", title: "LLaMA-Factory preference fine-tuning (DPO)", formats: ["alpaca-preference", "sharegpt-preference"], turns: { ...turns, last: { speakers: ["user", "tool"], otherwise: "refused" } }, answers: { roles: ["assistant"], maximum: 1 } },
];
