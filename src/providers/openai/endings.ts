import type { Endings } from "../../jobs/ending.ts";

const source = { source: "https://developers.openai.com/api/docs/deprecations", dated: "2026-11-22" } as const;

/** Base models by the day on which they, and all that was tuned from them, answer no more. */
const models: readonly { readonly on: string; readonly bases: RegExp }[] = [
  { on: "2026-10-23", bases: /^(gpt-3\.5-turbo(-.+)?|gpt-4(-0613)?|gpt-4\.1-nano(-.+)?|babbage-002|davinci-002|o4-mini(-.+)?)$/ },
  { on: "2027-01-14", bases: /^(gpt-4o-2024-08-06|gpt-4o-mini-2024-07-18|gpt-4\.1(-2025-04-14)?|gpt-4\.1-mini(-2025-04-14)?)$/ },
];

/** What OpenAI has announced to end. */
export const openAiEndings: Endings = {
  closing: {
    on: "2027-01-06",
    words: [
      "OpenAI closes its fine-tuning: it takes no new jobs from organisations that had never tuned a model (since 2026-05-07), nor from those that had not used a tuned model within 60 days (since 2026-07-02), and from nobody from 2027-01-06.",
      "Jobs, files and tuned models stay; the models answer until their base is shut down.",
    ].join(" "),
    ...source,
  },
  ofModel(model) {
    // A tuned model's name holds that of its base.
    const base = /^ft:([^:]+)/.exec(model)?.[1] ?? model;
    const found = models.find(({ bases }) => bases.test(base));
    return found && { on: found.on, words: `OpenAI shuts ${base} down on ${found.on}, and every model that was tuned from it.`, ...source };
  },
};
