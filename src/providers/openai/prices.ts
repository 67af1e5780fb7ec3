import type { PriceList } from "../../jobs/price-list.ts";

/** What OpenAI bills for training. Validation tokens are not billed. */
export const openAiPrices: PriceList = {
  currency: "USD",
  source: "https://platform.openai.com/docs/pricing",
  dated: "2026-11-22",
  models: [
    { model: /^o4-mini/, methods: ["rft"], per: "hour", amount: 100 },
    { model: /^gpt-4\.1-mini/, methods: ["sft", "dpo"], per: "million-tokens", amount: 5 },
    { model: /^gpt-4\.1-nano/, methods: ["sft", "dpo"], per: "million-tokens", amount: 1.5 },
    { model: /^gpt-4\.1(-\d|$)/, methods: ["sft", "dpo"], per: "million-tokens", amount: 25 },
    { model: /^gpt-4o-mini/, methods: ["sft", "dpo"], per: "million-tokens", amount: 3 },
    { model: /^gpt-4o(-\d|$)/, methods: ["sft", "dpo"], per: "million-tokens", amount: 25 },
    { model: /^gpt-3\.5-turbo/, methods: ["sft"], per: "million-tokens", amount: 8 },
    { model: /^davinci-002/, methods: ["sft"], per: "million-tokens", amount: 6 },
    { model: /^babbage-002/, methods: ["sft"], per: "million-tokens", amount: 0.4 },
  ],
};
