import { runMocha } from "../support/run-mocha.mjs";

// The pages in a real browser, beside the host's own code on the other end of the channel. `node test/webview/run.mjs evaluation` runs only the files with that in their path.
process.exitCode = await runMocha({ tier: "webview", filter: process.argv[2], timeout: 60_000 });
