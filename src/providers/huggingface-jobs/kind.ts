import type { ServiceKind } from "../service.ts";

/** Hugging Face Jobs: TRL on machines of Hugging Face. */
export const huggingFaceJobs: ServiceKind = {
  id: "huggingface-jobs",
  title: "Hugging Face Jobs",
  baseURL: "https://huggingface.co",
  owns: (hostname) => hostname === "huggingface.co" || hostname === "hf.co",
  keyPage: "https://huggingface.co/settings/tokens",
  environment: ["HF_TOKEN"],
  targets: () => ({ sft: "trl/sft", dpo: "trl/dpo" }),
  open: async (endpoint) => (await import("./open.ts")).openHuggingFaceJobs(endpoint),
};
