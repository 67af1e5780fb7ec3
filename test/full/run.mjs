import { packExtension } from "../host/package.mjs";
import { runMocha } from "../support/run-mocha.mjs";

// Minutes of real training; build first. `node test/full/run.mjs [Quick|Standard|Thorough]`: the whole cycle on the whole sample, in a real VS Code, with this preset.
// `node test/full/run.mjs Ray`: the same launch file on this machine and on a Ray cluster, both models evaluated.
const what = process.argv[2] ?? "Quick";
const onRay = what === "Ray";
if (!onRay) await packExtension();
process.exitCode = await runMocha({ tier: "full", filter: onRay ? "ray" : "cycle", timeout: 3_600_000, environment: onRay ? {} : { TUNESMITH_PRESET: what } });
