import { openOpenAi } from "../../../../src/providers/openai/open.ts";
import { loseAnswer, refusal, slowAndReordered, startFakeOpenAi } from "../../../support/fake-openai.ts";
import { describeProvider } from "../contract/describe-provider.ts";
import { describeWire } from "../contract/describe-wire.ts";
import type { WireStage } from "../contract/stage.ts";

/** Sizes of which a test can afford more than one part. */
const sizes = { direct: 100_000, part: 50_000, most: 10_000_000 };

async function open(): Promise<WireStage> {
  const fake = await startFakeOpenAi();
  const service = (apiKey: string) => openOpenAi({ id: "openai", title: "OpenAI", kind: "openai", baseURL: fake.baseURL, apiKey }, sizes);
  return {
    fake,
    service: service(fake.key),
    stranger: service("sk-test-of-a-stranger"),
    baseModel: "gpt-4o-mini",
    acts: { list: "GET /fine_tuning/jobs", create: "POST /fine_tuning/jobs", upload: "POST /files" },
    finish: fake.finish,
    loseNextCreation: () => fake.misbehave("POST /fine_tuning/jobs", loseAnswer),
    creations: () => fake.times("POST /fine_tuning/jobs"),
    refusal: (status, message, headers) => refusal(status, message, null, headers),
    slowAndReordered,
    addOld(count) {
      for (let index = 0; index < count; index += 1) {
        fake.jobs.push({
          object: "fine_tuning.job", id: `old-${index}`, created_at: 1_700_000_000 - index, finished_at: 1_700_000_100, model: "gpt-4o-mini", fine_tuned_model: null, organization_id: "org-test", result_files: [],
          status: "failed", trained_tokens: null, training_file: "file-old", validation_file: null, error: null, hyperparameters: {}, seed: 1,
        });
      }
    },
    spoil(id) {
      const job = fake.jobs.find((each) => each["id"] === id);
      const strange = { ...job, status: "warming_up", error: {}, finished_at: 0, trained_tokens: "many", hyperparameters: null, method: [], metadata: 7, surprise: { deep: [1] } };
      fake.misbehave(/^GET \/fine_tuning\/jobs$/, () => Response.json({ object: "list", data: [strange, null, "job", { id: 7 }], extra: true }), 9);
      fake.misbehave(`GET /fine_tuning/jobs/${id}`, () => Response.json(strange), 9);
      return { rawStatus: "warming_up" };
    },
    uploaded: (id) => fake.files.get(id)?.text,
    close: fake.close,
  };
}

const name = "OpenAI over a fake built from OpenAI's specification";
describeProvider(name, open);
describeWire(name, open, { resumable: 220_000 });
