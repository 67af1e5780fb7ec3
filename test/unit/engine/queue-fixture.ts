import assert from "node:assert/strict";
import type { CheckTrainingFile } from "../../../src/engine/check-training-file.ts";
import { createClusters } from "../../../src/engine/executors/clusters.ts";
import { openStore, type Store } from "../../../src/engine/store.ts";
import type { StoredJob } from "../../../src/engine/stored.ts";
import { createTrainingQueue, type QueueDependencies, type TrainingQueue } from "../../../src/engine/training-queue.ts";
import { scratchFolder } from "../../support/scratch.ts";
import { fakeRunner, until, type Run } from "./fake-runner.ts";
import { storedJob } from "./stored-job.ts";

export interface QueueOptions {
  readonly checkFile?: CheckTrainingFile;
  /** Changes the store that the queue works with. */
  readonly spoil?: (store: Store) => Store;
  readonly modelFolder?: (model: string) => string;
  /** How jobs run on clusters; the engine is told of none where it is left out. */
  readonly ray?: Partial<QueueDependencies["ray"]>;
}

/** For the `describe` that calls it: a state folder for each test, and the queues of the engines that work on it one after the other. */
export function queueFixture() {
  const { path } = scratchFolder();
  let number = 0;
  const at = { state: "", told: [] as string[] } as { state: string; told: string[]; store: Store; queue: TrainingQueue; runs: readonly Run[] };
  beforeEach(() => {
    at.state = path(`state-${++number}`);
  });
  afterEach(() => at.queue.stop());
  return {
    /** What the queue that was opened last has. */
    at,
    /** Opens a queue over the state, as the next engine would. */
    open({ checkFile = () => Promise.resolve(50), spoil = (store) => store, modelFolder = (model) => model, ray }: QueueOptions = {}): void {
      at.told = [];
      const tell = (line: string): void => void at.told.push(line);
      const { runner, runs } = fakeRunner();
      at.store = spoil(openStore(at.state, tell));
      at.runs = runs;
      at.queue = createTrainingQueue({ store: at.store, runner, ray: { clusters: createClusters(), scripts: "src/engine/python", ...ray }, checkFile, modelFolder, tell });
    },
    async enter(id: string, part: Partial<StoredJob> = {}): Promise<void> {
      for (const file of ["file-1", "file-2"]) await at.store.saveFile({ id: file, object: "file", bytes: 1, created_at: 1, filename: "f", purpose: "fine-tune", status: "processed" });
      const job = storedJob({ id, status: "validating_files", ...part });
      await at.store.addJob(job);
      at.queue.enter(job);
    },
    statusOf: (id: string): string | undefined => at.queue.find(id)?.status,
    onDisk: (id: string): StoredJob | undefined => openStore(at.state, assert.fail).jobs().find((job) => job.id === id),
    said: (id: string): string[] => at.store.events(id).map(({ message }) => message),
    idle: (): Promise<void> => until(() => !at.queue.isBusy()),
    running: (count: number): Promise<void> => until(() => at.runs.length === count),
  };
}
