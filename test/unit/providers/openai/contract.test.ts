import { openService } from "../../../../src/providers/index.ts";
import { loseAnswer, startFakeOpenAi } from "../../../support/fake-openai.ts";
import { describeProvider } from "../contract.ts";

describeProvider("OpenAI over a fake built from OpenAI's specification", async () => {
  const fake = await startFakeOpenAi();
  const open = (apiKey: string) => openService({ id: "openai", title: "OpenAI", kind: "openai", baseURL: fake.baseURL, apiKey });
  return {
    service: await open(fake.key),
    stranger: await open("sk-test-of-a-stranger"),
    baseModel: "gpt-4o-mini",
    finish: fake.finish,
    loseNextCreation: () => fake.misbehave("POST /fine_tuning/jobs", loseAnswer),
    creations: () => fake.times("POST /fine_tuning/jobs"),
    close: fake.close,
  };
});
