import { join } from "node:path";
import * as z from "zod";
import { startPython } from "../python-process.ts";
import { TrainingError, type Runner, type TrainingEvent } from "./runner.ts";

/** The learning rate of multiplier 1 for a LoRA of rank 8 on a small model: measured best of a few on a classification of 300 records. */
const baseLearningRate = 5e-4;

const metrics = z.record(z.string(), z.number());
const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("stage"), stage: z.string() }),
  z.object({ type: z.literal("plan"), total_steps: z.number() }),
  z.object({ type: z.literal("metrics"), step: z.number(), total_steps: z.number(), metrics }),
  z.object({ type: z.literal("checkpoint"), step: z.number(), folder: z.string(), metrics }),
  z.object({ type: z.literal("done"), adapter: z.string(), trained_tokens: z.number() }),
  z.object({ type: z.literal("error"), code: z.string(), message: z.string() }),
]);
type Message = z.infer<typeof message>;

/** Trains with TRL in a Python process of its own. */
export function createTrlRunner({ python, scripts }: { python: string; scripts: string }): Runner {
  return {
    id: "trl",
    train: (request, report, signal) =>
      new Promise((resolve, reject) => {
        let finished = false;
        const settle = (act: () => void): void => {
          if (finished) return;
          finished = true;
          act();
        };
        const child = startPython(python, join(scripts, "train.py"), (line) => {
          const event = message.parse(line);
          if (event.type === "error") return settle(() => reject(new TrainingError(event.code, event.message)));
          report(toEvent(event));
          if (event.type === "done") settle(resolve);
        }, (complaint) => settle(() => reject(new TrainingError("runner_ended", `The training process ended before it was done.\n${complaint.trim().split("\n").slice(-3).join("\n")}`))));
        signal.addEventListener("abort", () => {
          child.end();
          settle(() => reject(new TrainingError("cancelled", "The training was cancelled.")));
        }, { once: true });
        child.send({
          model: request.model, training_file: request.trainingFile, validation_file: request.validationFile, output: request.output,
          epochs: request.epochs, batch_size: request.batchSize, learning_rate: baseLearningRate * request.learningRateMultiplier, seed: request.seed,
          max_steps: request.maxSteps, lora_rank: request.loraRank ?? 8, lora_layers: request.loraLayers, resume_from: request.resumeFrom,
        });
        if (signal.aborted) child.end();
      }),
  };
}

function toEvent(event: Exclude<Message, { type: "error" }>): TrainingEvent {
  switch (event.type) {
    case "plan":
      return { type: "plan", totalSteps: event.total_steps };
    case "metrics":
      return { type: "metrics", step: event.step, totalSteps: event.total_steps, metrics: event.metrics };
    case "done":
      return { type: "done", adapter: event.adapter, trainedTokens: event.trained_tokens };
    default:
      return event;
  }
}
