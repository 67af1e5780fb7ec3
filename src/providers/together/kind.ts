import type { ServiceKind } from "../service.ts";

/** Together AI. */
export const together: ServiceKind = {
  id: "together",
  title: "Together AI",
  baseURL: "https://api.together.ai/v1",
  owns: (hostname) => hostname === "api.together.ai" || hostname === "api.together.xyz",
  keyPage: "https://api.together.ai/settings/api-keys",
  environment: ["TOGETHER_API_KEY"],
  targets: () => ({ sft: "together/sft", dpo: "together/dpo" }),
  batches: () => ({ price: { share: 0.5, models: "some", source: "https://docs.together.ai/docs/inference/pricing", dated: "2026-11-29" } }),
  open: async (endpoint) => (await import("./open.ts")).openTogether(endpoint),
};
