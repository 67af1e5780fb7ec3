import { Command } from "commander";
import { runExport, type ExportOptions } from "./export-model.ts";
import { serve } from "./serve.ts";
import { setUp } from "./set-up.ts";

const scripts = new URL("./python/", import.meta.url);
const datasetWorker = new URL("./dataset-worker.js", import.meta.url);
const program = new Command("engine").description("Trains small models on this machine, behind OpenAI's API.").exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
program.command("setup").description("makes the Python environment and the base model").option("--python <path>", "Python 3.11 or newer")
  .action((options: { python?: string }) => setUp(scripts, options));
program.command("serve").description("listens on loopback and prints its address and token").requiredOption("--state <folder>", "where jobs and files are kept").option("--port <port>", "0 takes a free one", "0").option("--python <path>", "Python 3.11 or newer").option("--runner <name>", "trl or mlx-lm; without it mlx-lm trains on Apple silicon what it can, and TRL everything else").option("--idle-exit <seconds>", "ends when nothing runs and nobody asks for so long")
  .action((options: { state: string; port: string; python?: string; runner?: string; idleExit?: string }) => serve({ scripts, datasetWorker }, options));
program.command("export").description("writes the adapter of a tuned model to a new folder, or the whole model with it fused in").requiredOption("--state <folder>", "where jobs and files are kept").requiredOption("--model <name>", "a tuned model, or one of its checkpoints").requiredOption("--to <folder>", "a folder that is not there yet").option("--fused", "the whole model, its adapter fused into the weights")
  .action((options: ExportOptions) => runExport(scripts, options));
await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
