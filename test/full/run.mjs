import { packExtension } from "../host/package.mjs";
import { runMocha } from "../support/run-mocha.mjs";

// Minutes of real training; build first. `node test/full/run.mjs [Quick|Standard|Thorough]`: the whole cycle on the whole sample, in a real VS Code, with this preset.
// `node test/full/run.mjs Ray`: the same launch file on this machine and on a Ray cluster, both models evaluated.
// `node test/full/run.mjs Iterate`: one turn of the cycle in a real VS Code: rivals compared, a record corrected, trained and evaluated again.
// `node test/full/run.mjs Plan`: base, few-shot, retrieval and tuned model beside one another on this machine.
const what = process.argv[2] ?? "Quick";
const isPreset = !["Ray", "Plan", "Iterate"].includes(what);
if (isPreset || what === "Iterate") await packExtension();
process.exitCode = await runMocha({ tier: "full", filter: isPreset ? "cycle" : what.toLowerCase(), timeout: 3_600_000, environment: isPreset ? { TUNESMITH_PRESET: what } : {} });
