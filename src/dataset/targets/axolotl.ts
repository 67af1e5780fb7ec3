import { localTrainer, templateTools } from "./local-trainer.ts";
import type { Target } from "./target.ts";

/** What Axolotl's strategies have in common. Source: axolotl-ai-cloud/axolotl, `src/axolotl/prompt_strategies` and docs/dataset-formats. */
const base = {
  ...localTrainer,
  id: "axolotl",
  provider: "Axolotl",
  dated: "2026-11-22",
  roles: ["system", "developer", "user", "assistant", "tool"],
  promptsAsMessages: true,
  messagesAsText: true,
  tools: { ...templateTools, arguments: "either" },
} as const satisfies Partial<Target>;

const turns = { system: "first", order: "alternating", disorder: "doubted" } as const;

/** Training with Axolotl, on a machine of one's own. */
export const axolotl: readonly Target[] = [
  { ...base, method: "sft", title: "Axolotl supervised fine-tuning", source: "https://docs.axolotl.ai/docs/dataset-formats/conversation.html", formats: ["chat", "sharegpt", "alpaca", "text"], turns: { ...turns, last: { speakers: ["assistant"], otherwise: "doubted" } } },
  { ...base, method: "dpo", title: "Axolotl preference fine-tuning (DPO)", source: "https://docs.axolotl.ai/docs/rlhf.html", formats: ["trl-preference"], turns: { ...turns, last: { speakers: ["user", "tool"], otherwise: "doubted" } }, answers: { roles: ["assistant"], maximum: 1, explicitPrompt: true } },
];
