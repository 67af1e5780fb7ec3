import { resolve } from "node:path";
import { nameOfTarget, targetNamed } from "../../dataset/targets/index.ts";
import { uploadOnce } from "../../jobs/upload-once.ts";
import { checkDataset } from "../../launch/check-dataset.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { UsageError } from "../target.ts";
import { openDesk } from "./open-desk.ts";
import type { LaunchOptions } from "./start.ts";

/** `tunesmith upload`: has a dataset at a service; sends it unless its bytes are there, and goes on where it was cut. Prints the service's id of the file. */
export async function uploadDataset(path: string, { format, service }: LaunchOptions & { readonly service: string }, streams: Streams): Promise<ExitCode> {
  const desk = openDesk(streams);
  const known = (await desk.services.known()).find(({ id }) => id === service);
  if (!known) throw new UsageError(`There is no service "${service}". There are: ${desk.names.join(", ")}`);
  const file = resolve(path);
  const refused: string[] = [];
  for (const name of Object.values(known.targets)) {
    const target = targetNamed(name);
    if (!target) continue;
    const checked = await checkDataset("dataset", file, nameOfTarget(target), desk, streams.signal);
    const failed = checked.checks.find(({ outcome }) => outcome === "failed");
    if (failed) {
      refused.push(`${target.title}: ${failed.message}`);
      continue;
    }
    const { provider } = await desk.services.open(service, streams.signal);
    const { file: id, reused } = await uploadOnce(checked.file, { provider, uploads: desk.uploads, hashFile: desk.files.hashFile, report: desk.report, clock: desk.clock }, streams.signal);
    if (reused) streams.notes(`${service} has these bytes already; nothing was sent.\n`);
    streams.output(format === "json" ? `${JSON.stringify({ service, file: id, reused, sha256: checked.file.sha256 })}\n` : `${id}\n`);
    return exitCode.clean;
  }
  streams.notes(`${refused.join("\n")}\nNothing was sent.\n`);
  return exitCode.errorsFound;
}
