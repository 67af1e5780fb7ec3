import type { PriceList } from "../../jobs/price-list.ts";

/** What OpenAI bills for training, and for batches. Validation tokens are not billed. */
export const openAiPrices: PriceList = {
  currency: "USD",
  source: "https://platform.openai.com/docs/pricing",
  dated: "2026-11-22",
  batchShare: 0.5,
  models: [
    { title: "o4-mini", model: /^o4-mini/, methods: ["rft"], per: "hour", amount: 100 },
    { title: "GPT-4.1 mini", model: /^gpt-4\.1-mini/, methods: ["sft", "dpo"], per: "million-tokens", amount: 5 },
    { title: "GPT-4.1 nano", model: /^gpt-4\.1-nano/, methods: ["sft", "dpo"], per: "million-tokens", amount: 1.5 },
    { title: "GPT-4.1", model: /^gpt-4\.1(-\d|$)/, methods: ["sft", "dpo"], per: "million-tokens", amount: 25 },
    { title: "GPT-4o mini", model: /^gpt-4o-mini/, methods: ["sft", "dpo"], per: "million-tokens", amount: 3 },
    { title: "GPT-4o", model: /^gpt-4o(-\d|$)/, methods: ["sft", "dpo"], per: "million-tokens", amount: 25 },
    { title: "GPT-3.5 Turbo", model: /^gpt-3\.5-turbo/, methods: ["sft"], per: "million-tokens", amount: 8 },
    { title: "davinci-002", model: /^davinci-002/, methods: ["sft"], per: "million-tokens", amount: 6 },
    { title: "babbage-002", model: /^babbage-002/, methods: ["sft"], per: "million-tokens", amount: 0.4 },
  ],
};
