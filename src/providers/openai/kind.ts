import type { ServiceKind } from "../service.ts";
import { openAiEndings } from "./endings.ts";
import { isAzure, isNebius } from "./hosts.ts";
import { moderationModel } from "./moderation-model.ts";
import { openAiPrices } from "./prices.ts";

/** OpenAI, and everything that speaks its fine-tuning API. */
export const openAi: ServiceKind = {
  id: "openai",
  title: "OpenAI and what speaks its API",
  baseURL: "https://api.openai.com/v1",
  owns: (hostname) => hostname === "api.openai.com" || isAzure(hostname) || isNebius(hostname),
  keyPage: "https://platform.openai.com/api-keys",
  environment: ["OPENAI_API_KEY"],
  targets: ({ baseURL }) => {
    const { hostname } = new URL(baseURL);
    if (isAzure(hostname)) return { sft: "azure-openai/sft", dpo: "azure-openai/dpo", rft: "azure-openai/rft" };
    if (isNebius(hostname)) return { sft: "nebius/sft" };
    return { sft: "openai/sft", dpo: "openai/dpo", rft: "openai/rft" };
  },
  endings: ({ baseURL }) => (new URL(baseURL).hostname === "api.openai.com" ? openAiEndings : {}),
  batches: ({ baseURL }) => {
    const { hostname } = new URL(baseURL);
    const { batchShare, source, dated } = openAiPrices;
    if (hostname === "api.openai.com") return batchShare === undefined ? {} : { price: { share: batchShare, models: "all", source, dated } };
    // Of a compatible server nobody knows it before it is asked.
    return isAzure(hostname) || isNebius(hostname) ? undefined : {};
  },
  moderation: ({ baseURL }) => {
    const { hostname } = new URL(baseURL);
    return isAzure(hostname) || isNebius(hostname) ? undefined : { model: moderationModel, free: hostname === "api.openai.com" };
  },
  open: async (endpoint) => (await import("./open.ts")).openOpenAi(endpoint),
};
