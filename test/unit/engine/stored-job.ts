import type { StoredJob } from "../../../src/engine/stored.ts";

/** A job on disk: one that waits to be trained, unless the test says otherwise. */
export function storedJob(part: Partial<StoredJob> & Pick<StoredJob, "id">): StoredJob {
  return {
    model: "smollm2-135m-instruct", created_at: 1, finished_at: null, fine_tuned_model: null, status: "queued", training_file: "file-1", validation_file: null,
    result_files: [], trained_tokens: null, method: "supervised", seed: 1, suffix: null, metadata: null, error: null,
    hyperparameters: { n_epochs: 3, batch_size: 4, learning_rate_multiplier: 1 }, restarts: 0, adapter: null, checkpoints: [], ...part,
  };
}
