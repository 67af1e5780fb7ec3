import { Command } from "commander";
import { serve } from "./serve.ts";
import { setUp } from "./set-up.ts";

const scripts = new URL("./python/", import.meta.url);
const datasetWorker = new URL("./dataset-worker.js", import.meta.url);
const program = new Command("engine").description("Trains small models on this machine, behind OpenAI's API.").exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
program.command("setup").description("makes the Python environment and the base model").option("--python <path>", "Python 3.11 or newer")
  .action((options: { python?: string }) => setUp(scripts, options));
program.command("serve").description("listens on loopback and prints its address and token").requiredOption("--state <folder>", "where jobs and files are kept").option("--port <port>", "0 takes a free one", "0").option("--python <path>", "Python 3.11 or newer").option("--idle-exit <seconds>", "ends when nothing runs and nobody asks for so long")
  .action((options: { state: string; port: string; python?: string; idleExit?: string }) => serve({ scripts, datasetWorker }, options));
await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
