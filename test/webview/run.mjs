import { build } from "esbuild";
import { webviews } from "../../esbuild.mjs";
import { obtainBrowser } from "../host/browser.mjs";
import { runMocha } from "../support/run-mocha.mjs";

// The pages in a real browser, beside the host's own code on the other end of the channel. `node test/webview/run.mjs evaluation` runs only the files with that in their path.
// Once, before several processes want both.
await obtainBrowser();
await build({ ...webviews, outdir: "out/webview" });
process.exitCode = await runMocha({ tier: "webview", filter: process.argv[2], timeout: 60_000, parallel: true });
