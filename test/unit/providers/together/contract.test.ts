import { openTogether } from "../../../../src/providers/together/open.ts";
import { loseAnswer, refusal, type Fault } from "../../../support/fake-server.ts";
import { startFakeTogether } from "../../../support/fake-together.ts";
import { describeProvider } from "../contract/describe-provider.ts";
import { describeWire } from "../contract/describe-wire.ts";
import type { WireStage } from "../contract/stage.ts";

/** Sizes of which a test can afford more than one part. */
const sizes = { direct: 100_000, part: 50_000, mostParts: 250, most: 10_000_000 };

/** Together's list has no order and no pages. */
const slowAndReordered: Fault = async (_context, regular) => {
  const body = (await (await regular()).json()) as { data: unknown[] };
  await new Promise((resolve) => setImmediate(resolve));
  return Response.json({ data: body.data.toReversed() });
};

async function open(): Promise<WireStage> {
  const fake = await startFakeTogether();
  const service = (apiKey: string) => openTogether({ id: "together", title: "Together", kind: "together", baseURL: fake.baseURL, apiKey }, sizes);
  return {
    fake,
    service: service(fake.key),
    stranger: service("tgp_v1_of-a-stranger"),
    baseModel: "Qwen/Qwen3-8B",
    acts: { list: "GET /fine-tunes", create: "POST /fine-tunes", upload: "POST /files" },
    finish: fake.finish,
    loseNextCreation: () => fake.misbehave("POST /fine-tunes", loseAnswer),
    creations: () => fake.times("POST /fine-tunes"),
    refusal: (status, message, headers) => refusal(status, message, null, headers),
    slowAndReordered,
    addOld(count) {
      for (let index = 0; index < count; index += 1) {
        const moment = new Date(1_700_000_000_000 - index * 1000).toISOString();
        fake.jobs.push({ id: `old-${index}`, status: "error", created_at: moment, updated_at: moment, model: "Qwen/Qwen3-8B", training_file: "file-old" });
      }
    },
    spoil(id) {
      const job = fake.jobs.find((each) => each["id"] === id);
      const strange = { ...job, status: "warming_up", updated_at: null, total_price: "free", training_method: null, training_type: 7, events: {}, progress: [], surprise: { deep: [1] } };
      fake.misbehave("GET /fine-tunes", () => Response.json({ data: [null, strange, "job", { id: 7 }], extra: true }), 9);
      fake.misbehave(`GET /fine-tunes/${id}`, () => Response.json(strange), 9);
      return { rawStatus: "warming_up" };
    },
    uploaded: (id) => fake.files.get(id)?.text,
    close: fake.close,
  };
}

const name = "Together over a fake built from Together's specification and its SDK's uploads";
describeProvider(name, open);
describeWire(name, open, { resumable: 220_000 });
