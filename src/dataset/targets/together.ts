import { openaiTools } from "./openai.ts";
import type { Target } from "./target.ts";

/** What Together's methods have in common. Source: togethercomputer/together-python, `utils/files.py`; together-typescript, `lib/check-file.ts`. */
const base = {
  id: "together",
  provider: "Together AI",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  dated: "2026-11-22",
  roles: ["system", "user", "assistant", "tool"],
  extraKeys: { record: "refused", message: "taken", unread: ["parallel_tool_calls"] },
  weights: "0-or-1",
  emptyContent: "doubted",
  tools: { ...openaiTools, legacy: "refused" },
  images: { perRecord: 10, bytes: 10 * 1024 * 1024, types: ["jpeg", "png", "webp"], sources: ["data"], bareUrl: "refused", roles: ["user"], allLists: true, visibleOnly: true },
  minimumRecords: 1,
  fileBytes: { limit: 50.1e9 },
  byteOrderMark: "refused",
  blankLines: { last: "taken", other: "refused" },
  arrays: "refused",
} as const satisfies Partial<Target>;

/** Fine-tuning at Together AI. */
export const together: readonly Target[] = [
  {
    ...base, method: "sft", title: "Together AI supervised fine-tuning",
    formats: ["chat", "prompt-completion", "text"],
    turns: { system: "first", starts: ["user"], order: "no-repeats", disorder: "refused" },
  },
  {
    ...base, method: "dpo", title: "Together AI preference fine-tuning (DPO)",
    formats: ["openai-preference"],
    turns: { system: "first", starts: ["user"], order: "no-repeats", disorder: "refused", last: { speakers: ["user", "tool", "system"], otherwise: "refused" } },
    answers: { roles: ["assistant"], maximum: 1 },
  },
];
