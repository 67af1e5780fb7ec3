import { openService } from "../../../../src/providers/index.ts";
import { fireworksRefusal, startFakeFireworks } from "../../../support/fake-fireworks.ts";
import { loseAnswer, type Fault } from "../../../support/fake-server.ts";
import { describeProvider } from "../contract/describe-provider.ts";
import { describeWire } from "../contract/describe-wire.ts";
import type { WireStage } from "../contract/stage.ts";

const slowAndReordered: Fault = async (_context, regular) => {
  const body = (await (await regular()).json()) as Record<string, unknown>;
  await new Promise((resolve) => setImmediate(resolve));
  return Response.json(Object.fromEntries(Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value.toReversed() : value])));
};

async function open(): Promise<WireStage> {
  const fake = await startFakeFireworks();
  const service = (apiKey: string) => openService({ id: "fireworks", title: "Fireworks", kind: "fireworks", baseURL: `${fake.origin}/inference/v1`, apiKey });
  const create = "POST /accounts/acme/supervisedFineTuningJobs";
  return {
    fake,
    service: await service(fake.key),
    stranger: await service("fw_of-a-stranger"),
    baseModel: "accounts/fireworks/models/qwen3-8b",
    silent: true,
    acts: { list: "GET /accounts/acme/supervisedFineTuningJobs", create, upload: /^POST \/accounts\/acme\/datasets\/.*:upload$/ },
    finish: fake.finish,
    loseNextCreation: () => fake.misbehave(create, loseAnswer),
    creations: () => fake.times(create),
    refusal: fireworksRefusal,
    slowAndReordered,
    addOld(count) {
      for (let index = 0; index < count; index += 1) {
        const path = ["supervisedFineTuningJobs", "dpoJobs", "reinforcementFineTuningJobs"][index % 3] ?? "";
        fake.jobs[path]?.push({ name: `accounts/acme/${path}/old-${index}`, state: "JOB_STATE_FAILED", createTime: new Date(1_700_000_000_000 - index * 1000).toISOString(), dataset: "accounts/acme/datasets/old" });
      }
    },
    spoil(id) {
      const job = fake.jobs["supervisedFineTuningJobs"]?.find(({ name }) => String(name).endsWith(id));
      const strange = { ...job, state: "JOB_STATE_WARMING_UP", status: {}, jobProgress: null, estimatedCost: { units: [] }, trainingConfig: 7, completedTime: false, surprise: { deep: [1] } };
      fake.misbehave("GET /accounts/acme/supervisedFineTuningJobs", () => Response.json({ supervisedFineTuningJobs: [null, strange, "job", { name: 7 }, { name: "elsewhere" }], extra: true }), 9);
      fake.misbehave(`GET /accounts/acme/${id}`, () => Response.json(strange), 9);
      return { rawStatus: "JOB_STATE_WARMING_UP" };
    },
    uploaded: (id) => fake.datasets.get(id.replace("accounts/acme/datasets/", ""))?.text,
    close: fake.close,
  };
}

const name = "Fireworks over a fake built from its SDK's types";
describeProvider(name, open);
describeWire(name, open);
