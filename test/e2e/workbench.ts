import { cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import { launchBrowser } from "../host/browser.mjs";
import { installExtension, startServer, workbenchAddress } from "../host/server.mjs";

/** A VS Code with the packed extension, open in a browser on a copy of the sample. */
export interface Workbench {
  readonly page: Page;
  openFile(name: string): Promise<void>;
  /** Runs a command by its title in the palette. */
  run(title: string): Promise<void>;
  /** The first editor line that shows `text`. */
  line(text: string): Locator;
  /** Saves a picture under out/screenshots/. */
  screenshot(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything; `stop` ends it and leaves nothing behind. */
export async function openWorkbench(settings: Readonly<Record<string, unknown>> = {}): Promise<Workbench> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "ts-")));
  const workspace = join(scratch, "sample");
  const extensions = join(scratch, "extensions");
  await cp("media/sample", workspace, { recursive: true });
  await installExtension(resolve("out/tunesmith.vsix"), extensions);
  const server = await startServer({ extensions, settings });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
  await page.goto(workbenchAddress(server, workspace));
  await page.locator(".monaco-workbench .part.statusbar").waitFor();
  return {
    page,
    async openFile(name) {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
      await page.locator(".tab.active", { hasText: name }).waitFor();
    },
    async run(title) {
      await page.keyboard.press("F1");
      const input = page.locator(".quick-input-widget input");
      await input.fill(`>${title}`);
      await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
      await page.keyboard.press("Enter");
    },
    line: (text) => page.locator(".view-line", { hasText: text }).first(),
    async screenshot(name) {
      await mkdir("out/screenshots", { recursive: true });
      // Hovers and toasts fade in.
      await page.waitForTimeout(600);
      await page.screenshot({ path: `out/screenshots/${name}.png` });
    },
    async stop() {
      await browser.close();
      await server.stop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
