import type { Target } from "./target.ts";

/** Fine-tuning at Mistral. Source: mistralai/mistral-finetune, `utils/validate_data.py`; mistralai/mistral-common, `protocol/instruct/validator.py`. */
export const mistralTargets: readonly Target[] = [
  {
    id: "mistral", provider: "Mistral", method: "sft", title: "Mistral supervised fine-tuning",
    source: "https://docs.mistral.ai/capabilities/finetuning/text_finetuning", dated: "2026-11-22",
    formats: ["chat", "mistral", "mistral-classifier"],
    roles: ["system", "user", "assistant", "tool"],
    turns: { system: "first", starts: ["user"], order: "free", disorder: "refused", last: { speakers: ["assistant"], otherwise: "refused" } },
    extraKeys: { record: "taken", message: "taken" },
    weights: "0-or-1",
    prefix: "last",
    silence: { refusal: "refused" },
    textForContent: true,
    tools: {
      arguments: "string", ids: "refused", idForm: { pattern: /^[a-zA-Z0-9]{9}$/, words: "exactly nine letters and digits", open: "null" }, idsPerMessage: true,
      definitionsAsText: "refused", textBeside: "refused", legacy: "refused", described: true,
      definitions: "refused", pairing: "refused", undeclared: "refused", mismatch: "doubted",
    },
    images: { types: ["jpeg", "png", "webp", "gif"], sources: ["url", "data"], bareUrl: "taken", roles: ["user"], visibleOnly: true },
    minimumRecords: 1,
    fileBytes: { limit: 512e6 },
    byteOrderMark: "refused",
    blankLines: "refused",
    arrays: "refused",
  },
];
