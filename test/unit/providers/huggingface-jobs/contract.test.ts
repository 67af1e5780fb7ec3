import { openHuggingFaceJobs } from "../../../../src/providers/huggingface-jobs/open.ts";
import { startFakeHuggingFace } from "../../../support/fake-hugging-face.ts";
import { loseAnswer, type Fault } from "../../../support/fake-server.ts";
import { describeProvider } from "../contract/describe-provider.ts";
import { describeWire } from "../contract/describe-wire.ts";
import type { WireStage } from "../contract/stage.ts";

const slowAndReordered: Fault = async (_context, regular) => {
  const response = await regular();
  const list = (await response.json()) as unknown[];
  await new Promise((resolve) => setImmediate(resolve));
  const link = response.headers.get("link");
  return Response.json(list.toReversed(), { headers: link === null ? {} : { link } });
};

async function open(): Promise<WireStage> {
  const fake = await startFakeHuggingFace();
  const service = (apiKey: string) => openHuggingFaceJobs({ id: "hf", title: "Hugging Face", kind: "huggingface-jobs", baseURL: fake.origin, apiKey }, { idle: 150, silence: 1500, pause: 1 });
  const list = `GET /api/jobs/${fake.user}`;
  const create = `POST /api/jobs/${fake.user}`;
  return {
    fake,
    service: service(fake.key),
    stranger: service("hf_ofastranger"),
    baseModel: "Qwen/Qwen3-0.6B",
    silent: true,
    keyInSecrets: true,
    acts: { list, create, upload: /^POST \/api\/datasets\/.*\/commit\/main$/ },
    finish: fake.finish,
    loseNextCreation: () => fake.misbehave(create, loseAnswer),
    creations: () => fake.times(create),
    refusal: (status, message, headers) => () => Response.json({ error: message }, { status, headers: headers ?? {} }),
    slowAndReordered,
    addOld(count) {
      for (let index = 0; index < count; index += 1) {
        fake.jobs.push({ id: `old-${index}`, createdAt: new Date(1_700_000_000_000 - index * 1000).toISOString(), labels: { tunesmith: "fine-tune" }, status: { stage: "ERROR" }, environment: {}, owner: { name: fake.user } });
      }
    },
    spoil(id) {
      const job = fake.jobs.find((each) => each["id"] === id);
      const strange = { ...job, status: { stage: "WARMING_UP", message: {} }, durations: [], volumes: null, owner: 7, environment: { TUNESMITH_REQUEST: "no json" }, finishedAt: false, surprise: { deep: [1] } };
      fake.misbehave(list, () => Response.json([null, strange, "job", { id: 7 }]), 9);
      fake.misbehave(`${list}/${id}`, () => Response.json(strange), 9);
      return { rawStatus: "WARMING_UP" };
    },
    uploaded: (id) => fake.files.get(id.split("/").slice(3).join("/")),
    close: fake.close,
  };
}

const name = "Hugging Face Jobs over a fake built from Hugging Face's client";
describeProvider(name, open);
describeWire(name, open);
