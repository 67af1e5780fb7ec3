import { runMocha } from "../support/run-mocha.mjs";
import { packExtension } from "../host/package.mjs";

// The packed extension in a real VS Code, driven by a real browser. The extension is the one in dist/: build first.
await packExtension();
process.exitCode = await runMocha({ tier: "e2e", filter: process.argv[2], timeout: 120_000 });
