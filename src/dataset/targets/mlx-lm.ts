import { templateTools } from "./local-trainer.ts";
import type { Target } from "./target.ts";

/** Training with mlx-lm on a Mac; the first record decides the format of the file. Source: ml-explore/mlx-lm, `mlx_lm/tuner/datasets.py` and LORA.md. */
export const mlxLm: readonly Target[] = [
  {
    id: "mlx-lm", provider: "mlx-lm", method: "sft", title: "mlx-lm supervised fine-tuning",
    source: "https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/LORA.md", dated: "2026-11-22",
    formats: ["chat", "prompt-completion", "text"],
    roles: ["system", "developer", "user", "assistant", "tool"],
    turns: { system: "first", order: "alternating", disorder: "doubted", last: { speakers: ["assistant"], otherwise: "doubted" } },
    extraKeys: { record: "taken", message: "taken" },
    weights: "ignored",
    // `--mask-prompt` is off by default.
    learns: "everything",
    emptyContent: "doubted",
    tools: { ...templateTools, arguments: "object", definitionsAsText: "doubted" },
    images: "refused",
    minimumRecords: 1,
    byteOrderMark: "refused",
    blankLines: "refused",
    arrays: "refused",
  },
];
