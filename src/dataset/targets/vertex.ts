import type { Target } from "./target.ts";

/** What tuning Gemini on Vertex AI has in common. Source: cloud.google.com/vertex-ai/generative-ai/docs/models/gemini-supervised-tuning-prepare. */
const base = {
  id: "vertex",
  provider: "Vertex AI",
  dated: "2026-11-22",
  roles: ["user", "assistant", "tool"],
  extraKeys: { record: "doubted", message: "doubted" },
  weights: "ignored",
  emptyContent: "doubted",
  tools: {
    arguments: "object", ids: "taken", definitionsAsText: "refused", textBeside: "taken", legacy: "refused",
    definitions: "refused", pairing: "doubted", undeclared: "doubted", mismatch: "doubted",
  },
  minimumRecords: 1,
  recommendedRecords: 100,
  byteOrderMark: "doubted",
  blankLines: "doubted",
  arrays: "refused",
} as const satisfies Partial<Target>;

const turns = { system: "first", starts: ["user"], order: "alternating", disorder: "doubted" } as const;

/** Tuning Gemini models on Google's Vertex AI. */
export const vertex: readonly Target[] = [
  {
    ...base, method: "sft", title: "Vertex AI supervised tuning", source: "https://cloud.google.com/vertex-ai/generative-ai/docs/models/gemini-supervised-tuning-prepare",
    formats: ["gemini"], turns: { ...turns, last: { speakers: ["assistant"], otherwise: "doubted" } },
    images: { types: ["jpeg", "png", "webp"], sources: ["gs", "data"], bareUrl: "refused", roles: ["user"] },
  },
  {
    ...base, method: "dpo", title: "Vertex AI preference tuning", source: "https://cloud.google.com/vertex-ai/generative-ai/docs/models/preference-tuning",
    formats: ["gemini-preference"], turns: { ...turns, last: { speakers: ["user"], otherwise: "refused" } }, answers: { roles: ["assistant"], maximum: 1 }, images: "refused",
  },
];
