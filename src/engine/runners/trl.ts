import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { isLocalModel, startPython, type PythonEnd } from "../python-process.ts";
import { TrainingError, type Runner, type TrainingEvent, type TrainingMethod, type TrainingRequest } from "./runner.ts";

/**
 * The learning rate of multiplier 1 for a LoRA of rank 8 on a small model. From answers: the best of those measured on a classification with 300 records.
 * From pairs: ten times what TRL takes for a LoRA (its guide to PEFT says 1e-5 for models of billions of parameters, and small ones take more).
 */
const baseLearningRates: Readonly<Record<TrainingMethod, number>> = { supervised: 5e-4, dpo: 1e-4 };
const usualRank = 8;
/** TRL's own, and that of the first paper (Rafailov et al. 2023). */
const usualBeta = 0.1;

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

/** Trains with TRL in a Python process of its own; what that process says besides goes to `training.log` in the request's output folder. */
export function createTrlRunner({ python, scripts }: { python: string; scripts: string }): Runner {
  return {
    id: "trl",
    async train(request, report, signal) {
      if (signal.aborted) throw cancelled();
      await mkdir(request.output, { recursive: true });
      let failure: unknown;
      let done = false;
      const end = await new Promise<PythonEnd>((ended) => {
        const fail = (error: unknown): void => {
          failure ??= error;
          void child.end();
        };
        const child = startPython({
          python,
          script: join(scripts, "train.py"),
          log: join(request.output, "training.log"),
          offline: isLocalModel(request.model),
          take(line) {
            const read = message.safeParse(line);
            if (!read.success) return false;
            if (read.data.type === "error") fail(new TrainingError(read.data.code, read.data.message));
            else if (failure === undefined) tell(toEvent(read.data));
            return true;
          },
          ended(end) {
            signal.removeEventListener("abort", abort);
            ended(end);
          },
        });
        const abort = (): void => {
          if (!done) fail(cancelled());
        };
        const tell = (event: TrainingEvent): void => {
          try {
            report(event);
            done ||= event.type === "done";
          } catch (error) {
            fail(error);
          }
        };
        signal.addEventListener("abort", abort);
        child.send(toMessage(request));
      });
      if (failure !== undefined) throw failure;
      if (!done) throw early(end);
    },
  };
}

const cancelled = (): TrainingError => new TrainingError("cancelled", "The training was cancelled.");

function early({ killed, complaint }: PythonEnd): TrainingError {
  if (killed) return new TrainingError("out_of_memory", "The system ended the training process, most likely because memory ran out. Use a smaller model, a smaller batch size or shorter records.");
  return new TrainingError("runner_ended", `The training process ended before it was done.${complaint ? ` Its last words:\n${complaint}` : ""}`);
}

function toMessage(request: TrainingRequest): object {
  return {
    method: request.method,
    model: request.model,
    training_file: request.trainingFile,
    validation_file: request.validationFile,
    output: request.output,
    epochs: request.epochs,
    batch_size: request.batchSize,
    learning_rate: baseLearningRates[request.method] * request.learningRateMultiplier,
    seed: request.seed,
    beta: request.method === "dpo" ? request.beta ?? usualBeta : undefined,
    max_steps: request.maxSteps,
    lora_rank: request.loraRank ?? usualRank,
    lora_layers: request.loraLayers,
    resume_from: request.resumeFrom,
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
