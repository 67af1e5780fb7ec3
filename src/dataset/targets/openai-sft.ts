import type { Target } from "./target.ts";

/** Supervised fine-tuning at OpenAI, and at whatever speaks its API. */
export const openaiSft: Target = {
  id: "openai",
  method: "sft",
  title: "OpenAI supervised fine-tuning",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  dated: "2026-11-22",
  formats: ["chat"],
  roles: ["system", "developer", "user", "assistant", "tool", "function"],
  minimumRecords: 10,
};
