import type { ImageLimits, Target, ToolLimits } from "./target.ts";

/**
 * What OpenAI's API wants of tools: arguments are JSON in a string, each call has an id that one result repeats, and each called tool is declared.
 * Source: `ChatCompletionMessageToolCall`, `ChatCompletionRequestToolMessage` and `FunctionObject` of OpenAI's specification.
 */
export const openaiTools: ToolLimits = {
  arguments: "string", ids: "refused", definitionsAsText: "refused", textBeside: "taken", legacy: "doubted",
  definitions: "refused", pairing: "refused", undeclared: "refused", mismatch: "refused",
};

/** What OpenAI takes of images. Source: developers.openai.com/api/docs/guides/vision-fine-tuning. */
export const openaiImages: ImageLimits = { records: 50_000, perRecord: 10, bytes: 10e6, types: ["jpeg", "png", "webp"], sources: ["url", "data"], bareUrl: "refused", roles: ["user"], visibleOnly: true };

/** What OpenAI's methods have in common. */
export const openaiBase = {
  provider: "OpenAI",
  dated: "2026-11-22",
  extraKeys: { record: "refused", message: "doubted" },
  weights: "0-or-1",
  tools: openaiTools,
  minimumRecords: 10,
  recommendedRecords: 50,
  tokens: { limit: 65_536, beyond: "cut" },
  fileBytes: { limit: 8e9, plain: { limit: 512e6, beyond: "in parts by its Uploads API" } },
  byteOrderMark: "refused",
  blankLines: "doubted",
  arrays: "refused",
  reserved: ["<|endoftext|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|endofprompt|>", "<|im_start|>", "<|im_end|>", "<|im_sep|>"],
} as const satisfies Partial<Target>;

/** Supervised fine-tuning at OpenAI: what datasets are checked for until another target is chosen. */
export const openaiSft: Target = {
  ...openaiBase,
  id: "openai", method: "sft", title: "OpenAI supervised fine-tuning",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  formats: ["chat"],
  roles: ["system", "developer", "user", "assistant", "tool", "function"],
  turns: { system: "anywhere", order: "free", disorder: "doubted", last: { speakers: ["assistant"], otherwise: "refused" } },
  images: openaiImages,
};

/** Fine-tuning at OpenAI, and at whatever speaks its API. */
export const openai: readonly Target[] = [
  openaiSft,
  {
    ...openaiBase,
    id: "openai", method: "dpo", title: "OpenAI preference fine-tuning (DPO)",
    source: "https://developers.openai.com/api/docs/guides/direct-preference-optimization",
    formats: ["openai-preference"],
    roles: ["system", "developer", "user", "assistant", "tool"],
    turns: { system: "anywhere", order: "free", disorder: "doubted", last: { speakers: ["user", "tool"], otherwise: "refused" } },
    images: "refused",
    answers: { roles: ["assistant"], maximum: 1 },
  },
  {
    ...openaiBase,
    id: "openai", method: "rft", title: "OpenAI reinforcement fine-tuning",
    source: "https://developers.openai.com/api/docs/guides/reinforcement-fine-tuning",
    formats: ["openai-reinforcement", "chat"],
    roles: ["developer", "user", "assistant", "tool"],
    turns: { system: "anywhere", order: "free", disorder: "doubted", last: { speakers: ["user"], otherwise: "refused" } },
    extraKeys: { record: "taken", message: "doubted" },
    grader: { longValue: 500 },
    maximumRecords: 50_000,
  },
];
