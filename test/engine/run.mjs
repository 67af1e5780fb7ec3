import { runMocha } from "../support/run-mocha.mjs";

// These tests train and answer for real; the first run sets local training up in the user's cache folder, which takes minutes.
process.exitCode = await runMocha({ tier: "engine", filter: process.argv[2] ?? "", timeout: 180_000 });
