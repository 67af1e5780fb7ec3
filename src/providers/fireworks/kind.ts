import type { ServiceKind } from "../service.ts";

/** Fireworks AI. */
export const fireworks: ServiceKind = {
  id: "fireworks",
  title: "Fireworks AI",
  baseURL: "https://api.fireworks.ai",
  owns: (hostname) => hostname === "api.fireworks.ai",
  keyPage: "https://app.fireworks.ai/settings/users/api-keys",
  environment: ["FIREWORKS_API_KEY"],
  targets: () => ({ sft: "fireworks/sft", dpo: "fireworks/dpo", rft: "fireworks/rft" }),
  open: async (endpoint) => (await import("./open.ts")).openFireworks(endpoint),
};
