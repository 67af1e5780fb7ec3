import { openaiTools } from "./openai.ts";
import type { Target } from "./target.ts";

/** Fine-tuning at Nebius Token Factory. Source: docs.tokenfactory.nebius.com, datasets for fine-tuning. */
export const nebius: readonly Target[] = [
  {
    id: "nebius", provider: "Nebius Token Factory", method: "sft", title: "Nebius Token Factory supervised fine-tuning",
    source: "https://docs.tokenfactory.nebius.com/post-training/datasets", dated: "2026-11-22",
    formats: ["chat", "prompt-completion", "text", "pretokenized"],
    roles: ["system", "developer", "user", "assistant", "tool"],
    turns: { system: "first", order: "alternating", disorder: "doubted", last: { speakers: ["assistant"], otherwise: "refused", text: true } },
    extraKeys: { record: "doubted", message: "doubted" },
    weights: "ignored",
    emptyContent: "doubted",
    tools: openaiTools,
    minimumRecords: 1,
    fileBytes: { limit: 50e9 },
    byteOrderMark: "doubted",
    blankLines: "doubted",
    arrays: "refused",
  },
];
