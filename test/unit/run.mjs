import { runMocha } from "../support/run-mocha.mjs";

// `node test/unit/run.mjs dataset` runs only the files with "dataset" in their path.
process.exitCode = await runMocha({ tier: "unit", filter: process.argv[2], parallel: true });
