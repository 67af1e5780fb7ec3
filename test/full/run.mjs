import { packExtension } from "../host/package.mjs";
import { runMocha } from "../support/run-mocha.mjs";

// The whole cycle on the whole sample, in a real VS Code: minutes of real training. `node test/full/run.mjs [Quick|Standard|Thorough]`; build first.
const preset = process.argv[2] ?? "Quick";
await packExtension();
process.exitCode = await runMocha({ tier: "full", timeout: 3_600_000, environment: { TUNESMITH_PRESET: preset } });
