import { localTrainer, templateTools } from "./local-trainer.ts";
import type { Target } from "./target.ts";

/** What TRL's trainers have in common. Source: huggingface/trl, docs/source/dataset_formats.md and trl/data_utils.py; Hugging Face datasets reads JSON lines and arrays. */
const base = {
  ...localTrainer,
  id: "trl",
  provider: "Hugging Face TRL",
  source: "https://huggingface.co/docs/trl/dataset_formats",
  dated: "2026-11-22",
  roles: ["system", "developer", "user", "assistant", "tool"],
  promptsAsMessages: true,
  tools: { ...templateTools, arguments: "object" },
  mediaColumns: "parts",
} as const satisfies Partial<Target>;

const turns = { system: "first", order: "alternating", disorder: "doubted" } as const;

/** Training with Hugging Face TRL, on a machine of one's own. */
export const trl: readonly Target[] = [
  // `assistant_only_loss` is off by default; of prompt and completion the completion alone is learnt.
  { ...base, method: "sft", learns: "conversations", title: "TRL supervised fine-tuning", formats: ["chat", "prompt-completion", "text", "sharegpt"], turns: { ...turns, last: { speakers: ["assistant"], otherwise: "doubted" } } },
  { ...base, method: "dpo", title: "TRL preference fine-tuning (DPO)", formats: ["trl-preference"], turns: { ...turns, last: { speakers: ["user", "tool", "assistant"], otherwise: "refused" } }, answers: { roles: ["assistant", "tool"] } },
  { ...base, method: "rft", title: "TRL reinforcement fine-tuning (GRPO)", formats: ["trl-prompt"], turns: { ...turns, last: { speakers: ["user", "tool", "assistant"], otherwise: "refused" } } },
];
