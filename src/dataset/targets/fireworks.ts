import { openaiTools } from "./openai.ts";
import type { Target } from "./target.ts";

/** What Fireworks' methods have in common. Source: docs.fireworks.ai; fw-ai/cookbook, `skills/fireworks-training/references`. */
const base = {
  id: "fireworks",
  provider: "Fireworks AI",
  dated: "2026-11-22",
  roles: ["system", "user", "assistant", "tool"],
  extraKeys: { record: "taken", message: "taken" },
  weights: "0-or-1",
  silence: { calls: "doubted", refusal: "refused" },
  tools: openaiTools,
  images: { types: ["jpeg", "png", "webp"], sources: ["data"], bareUrl: "doubted", roles: ["user"] },
  minimumRecords: 3,
  maximumRecords: 3_000_000,
  recommendedRecords: 1000,
  fileBytes: { plain: { limit: 150e6, beyond: "by the signed address that it gives" } },
  byteOrderMark: "doubted",
  blankLines: "taken",
  arrays: "refused",
} as const satisfies Partial<Target>;

const turns = { system: "leading", starts: ["user"], order: "alternating", disorder: "refused" } as const;

/** Fine-tuning at Fireworks AI. */
export const fireworks: readonly Target[] = [
  {
    ...base, method: "sft", title: "Fireworks AI supervised fine-tuning", source: "https://docs.fireworks.ai/fine-tuning/fine-tuning-models",
    formats: ["chat"],
    turns: { ...turns, last: { speakers: ["assistant"], otherwise: "refused" } },
  },
  {
    ...base, method: "dpo", title: "Fireworks AI preference fine-tuning (DPO)", source: "https://docs.fireworks.ai/fine-tuning/dpo-fine-tuning",
    formats: ["openai-preference"],
    turns: { ...turns, last: { speakers: ["user"], otherwise: "refused" } },
    answers: { roles: ["assistant"], maximum: 1, promptTurns: 1 },
  },
  {
    ...base, method: "rft", title: "Fireworks AI reinforcement fine-tuning", source: "https://docs.fireworks.ai/fine-tuning/reinforcement-fine-tuning-models",
    formats: ["openai-reinforcement", "chat"],
    turns: { ...turns, last: { speakers: ["user", "tool"], otherwise: "doubted" } },
    grader: { absent: "doubted" },
    recommendedRecords: 200,
  },
];
