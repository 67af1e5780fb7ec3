import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../environment/run-command.ts";
import { isLocalModel, pythonEnvironment, type PythonEnd } from "../python-process.ts";
import { mlxLmCommand } from "./mlx-lm-command.ts";
import { writeMlxLmData } from "./mlx-lm-data.ts";
import { mlxLmModel } from "./mlx-lm-model.ts";
import { readMlxLmLine, type MlxLmLine } from "./mlx-lm-log.ts";
import { cancelled, endedEarly, runTraining } from "./run-training.ts";
import { TrainingError, type Runner, type TrainingRequest } from "./runner.ts";

const keptCheckpoints = 3;

/**
 * Trains with mlx-lm in a process of its own: the way on Apple silicon. What it prints goes to `training.log` in the request's output folder. Its adapters are kept in PEFT's form, which
 * everything else here reads. Going on from a checkpoint takes up the weights, not the optimizer's state, which mlx-lm does not keep.
 */
export function createMlxLmRunner({ python, scripts }: { python: string; scripts: string }): Runner {
  return {
    id: "mlx-lm",
    async train(request, report, signal) {
      if (signal.aborted) throw cancelled();
      const places = { config: join(request.output, "mlx-lm.json"), adapter: join(request.output, "mlx-lm") };
      await mkdir(request.output, { recursive: true });
      const data = await writeMlxLmData(request, join(request.output, "data"));
      const model = await mlxLmModel(request.model, join(request.output, "model")).catch((error: unknown) => {
        throw new TrainingError("invalid_model", `${request.model} cannot be read as a model: ${error instanceof Error ? error.message : String(error)}`);
      });
      const before = takenUp(request);
      const { parameters, configuration, totalSteps, stepsPerEpoch, learningRate } = mlxLmCommand({ ...request, model }, data, { ...places, ...before });
      await writeFile(places.config, JSON.stringify(configuration));
      report({ type: "plan", totalSteps });

      const latest: Record<string, number> = {};
      const kept: string[] = [];
      let tokens = before.tokens;
      let last = before.done;
      let converting: Promise<unknown> = Promise.resolve();

      function tell(line: MlxLmLine): void {
        if (line.type === "stage") return report(line);
        const step = before.done + line.step;
        if (line.type === "saved") {
          converting = converting.then(() => keep(step, join(places.adapter, line.file)));
          // A failure is thrown when the process has ended.
          converting.catch(() => undefined);
          return;
        }
        if (!Number.isFinite(line.loss)) throw new TrainingError("diverged", `At step ${step} the ${line.type === "step" ? "training" : "validation"} loss stopped being a number. Use a smaller learning rate multiplier.`);
        if (line.type === "step") {
          last = step;
          tokens = before.tokens + line.tokens;
        }
        const metrics: Record<string, number> = line.type === "validation" ? { full_valid_loss: line.loss } : { train_loss: line.loss, learning_rate: learningRate, tokens, tokens_per_second: line.tokensPerSecond, epoch: step / stepsPerEpoch };
        Object.assign(latest, metrics);
        report({ type: "metrics", step, totalSteps, metrics });
      }

      async function keep(step: number, weights: string): Promise<void> {
        const folder = join(request.output, `checkpoint-${step}`);
        const metrics = { ...latest };
        await convert(weights, folder);
        await writeFile(join(folder, "progress.json"), JSON.stringify({ tokens: metrics["tokens"] ?? 0 }));
        await rm(weights, { force: true });
        kept.push(folder);
        while (kept.length > keptCheckpoints) await rm(kept.shift() ?? "", { recursive: true, force: true });
        report({ type: "checkpoint", step, folder, metrics });
      }

      const convert = (weights: string, out: string): Promise<void> =>
        runCommand(python, [join(scripts, "mlx_adapter.py"), places.adapter, weights, request.model, out], () => undefined, { signal, environment: pythonEnvironment(python, true) });

      const end = await runTraining({
        python, script: join(scripts, "run_module.py"), parameters, log: join(request.output, "training.log"), offline: isLocalModel(request.model),
        take(_message, line) {
          const read = readMlxLmLine(line);
          if (read) tell(read);
          // All of it is kept in the log.
          return false;
        },
      }, signal);
      if (end.code !== 0 || last < totalSteps) throw failureOf(end);
      await converting;
      const adapter = join(request.output, "adapter");
      await convert(join(places.adapter, "adapters.safetensors"), adapter);
      report({ type: "done", adapter, trainedTokens: tokens });
    },
  };
}

/** What a checkpoint of this runner holds to go on from. */
function takenUp({ resumeFrom }: TrainingRequest): { readonly done: number; readonly tokens: number; readonly resumeFile?: string } {
  const resumeFile = join(resumeFrom ?? "", "adapters.safetensors");
  const step = /checkpoint-(\d+)$/.exec(resumeFrom ?? "")?.[1];
  if (step === undefined || !existsSync(resumeFile)) return { done: 0, tokens: 0 };
  return { done: Number(step), tokens: readTokens(join(resumeFrom ?? "", "progress.json")), resumeFile };
}

function readTokens(file: string): number {
  try {
    return Number((JSON.parse(readFileSync(file, "utf8")) as { tokens?: unknown }).tokens) || 0;
  } catch {
    return 0;
  }
}

function failureOf(end: PythonEnd): TrainingError {
  const { complaint } = end;
  if (/no space left|disk full/i.test(complaint)) return new TrainingError("disk_full", "The disk is full. Free some space and start again.");
  if (/out of memory|malloc|Insufficient Memory/i.test(complaint)) return new TrainingError("out_of_memory", "The machine's memory is not enough. Use a smaller model, a smaller batch size or shorter records.");
  if (/No module named '?mlx/.test(complaint)) return new TrainingError("environment_not_ready", "mlx-lm is not in the engine's Python environment. Run \"node engine.js setup\" on a Mac with Apple silicon, or start the engine with --runner trl.");
  return endedEarly(end);
}
