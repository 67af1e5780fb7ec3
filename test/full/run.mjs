import { packExtension } from "../host/package.mjs";
import { runMocha } from "../support/run-mocha.mjs";

// Minutes of real training; build first. `node test/full/run.mjs [Quick|Standard|Thorough]`: the whole cycle on the whole sample, in a real VS Code, with this preset.
// `node test/full/run.mjs Ray`: the same launch file on this machine and on a Ray cluster, both models evaluated.
// `node test/full/run.mjs Plan`: base, few-shot, retrieval and tuned model beside one another on this machine.
const what = process.argv[2] ?? "Quick";
const onCommandLine = what === "Ray" || what === "Plan";
if (!onCommandLine) await packExtension();
process.exitCode = await runMocha({ tier: "full", filter: onCommandLine ? what.toLowerCase() : "cycle", timeout: 3_600_000, environment: onCommandLine ? {} : { TUNESMITH_PRESET: what } });
