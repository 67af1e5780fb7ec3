import type { TrainingEvent } from "../../runners/runner.ts";
import type { StoredEvent, StoredJob } from "../../stored.ts";

/** What of a training that is read again from its beginning, after a restart of the engine, is new. */
export interface Untold {
  isNew(event: TrainingEvent): boolean;
  isNewFolder(folder: string): boolean;
}

/** By what is on disk: what was told of a step is told once, be its event from this engine or from one before. */
export function createUntold({ checkpoints }: Pick<StoredJob, "checkpoints">, events: readonly StoredEvent[]): Untold {
  const before = { training: 0, validation: 0, checkpoint: Math.max(0, ...checkpoints.map(({ step_number }) => step_number)) };
  const kindOf = (figures: Readonly<Record<string, number>>): "training" | "validation" => ("full_valid_loss" in figures ? "validation" : "training");
  for (const { type, data } of events) if (type === "metrics" && data) before[kindOf(data)] = Math.max(before[kindOf(data)], data["step"] ?? 0);
  return {
    isNew(event) {
      if (event.type === "metrics") return event.step > before[kindOf(event.metrics)];
      return event.type !== "checkpoint" || event.step > before.checkpoint;
    },
    isNewFolder: (folder) => folder === "adapter" || Number(folder.slice("checkpoint-".length)) > before.checkpoint,
  };
}
