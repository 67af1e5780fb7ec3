import { cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { launchBrowser } from "../host/browser.mjs";
import { startServer, workbenchAddress } from "../host/server.mjs";

export type Theme = "light" | "dark" | "high contrast" | "high contrast light";

/** A VS Code with the packed extension, open in a browser on a copy of the sample. */
export interface Workbench {
  readonly page: Page;
  /** The folder that is open. */
  readonly workspace: string;
  openFile(name: string): Promise<void>;
  /** Runs a command by its title in the palette. */
  run(title: string): Promise<void>;
  /** Chooses the row with this text in the quick pick that is open. */
  choose(text: string): Promise<void>;
  /** Types into the quick pick or input box whose title or prompt has the words of `question`, and accepts. */
  answer(question: string, text: string): Promise<void>;
  /** The first editor line that shows `text`. */
  line(text: string): Locator;
  /** The toasts that show `text`. */
  toast(text: string): Locator;
  /** Takes what a question offers as it is. */
  accept(question: string): Promise<void>;
  /** A modal dialog's button. */
  dialogButton(text: string | RegExp): Locator;
  /** The counts of the status bar, in words: "Errors: 5, Warnings: 2". */
  problems(): Promise<string>;
  /** Shows the view container of this title by its icon in the activity bar. */
  openView(title: string): Promise<void>;
  /** The rows of the view of this title, of which `text` is in the label. */
  treeRow(view: string, text: string): Locator;
  /** The content of the webview that is in front. */
  webview(): FrameLocator;
  /** Opens the light bulb where the cursor is; its actions are the rows. */
  lightBulb(): Promise<Locator>;
  useTheme(theme: Theme): Promise<void>;
  /** Loads the window again, as after a crash or an update. */
  reload(): Promise<void>;
  /** Saves a picture under out/screenshots/. */
  screenshot(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkbenchOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What is copied and opened. */
  readonly folder?: string;
  readonly trusted?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What VS Code calls each theme, and the class that it gives the workbench. */
const themes = {
  light: ["Light 2026", "vs"],
  dark: ["Dark 2026", "vs-dark"],
  "high contrast": ["Dark High Contrast", "hc-black"],
  "high contrast light": ["Light High Contrast", "hc-light"],
} as const satisfies Record<Theme, readonly [string, string]>;

const quickInput = ".quick-input-widget:visible";

/** Starts everything; `stop` ends it and leaves nothing behind. */
export async function openWorkbench({ settings = {}, folder = "media/sample", trusted = true, environment = {} }: WorkbenchOptions = {}): Promise<Workbench> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "ts-")));
  const workspace = join(scratch, "workspace");
  await cp(folder, workspace, { recursive: true });
  const server = await startServer({ vsix: resolve("out/tunesmith.vsix"), settings, trusted, environment, logFile: resolve("out/logs/e2e-server.log") });
  const browser = await launchBrowser({ home: join(server.scratch, "browser") });
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
  const address = workbenchAddress(server, workspace);

  const load = async (): Promise<void> => {
    await page.goto(address);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
  };
  const row = (text: string): Locator => page.locator(`${quickInput} .quick-input-list .monaco-list-row`, { hasText: text }).first();
  const run = async (title: string): Promise<void> => {
    // Titles of other commands may contain this one.
    const wanted = page.locator(`${quickInput} .monaco-list-row:is([aria-label="${title}"], [aria-label^="${title},"])`).first();
    // A palette that was opened before the extension was known does not learn of its commands, and one may lose the focus to what opens late.
    for (let tries = 1; ; tries++) {
      await page.keyboard.press("F1");
      await page.locator(`${quickInput} input`).fill(`>${title}`);
      const found = await wanted.waitFor({ timeout: 3000 }).then(() => true, (error: unknown) => {
        if (tries === 10) throw error;
        return false;
      });
      if (found) return wanted.click();
      await page.keyboard.press("Escape");
    }
  };
  await load();

  return {
    page,
    workspace,
    run,
    async openFile(name) {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
      await page.locator(".tab.active", { hasText: name }).waitFor();
    },
    async choose(text) {
      await row(text).waitFor();
      // By keyboard: a list that is still being laid out moves away under a click.
      const focused = page.locator(`${quickInput} .quick-input-list .monaco-list-row.focused`, { hasText: text });
      // A list that has just taken the place of another empties its input once more, with what was typed meanwhile.
      for (let tries = 1; ; tries++) {
        await page.locator(`${quickInput} input`).fill(text);
        const found = await focused.waitFor({ timeout: 3000 }).then(() => true, (error: unknown) => {
          if (tries === 10) throw error;
          return false;
        });
        if (found) return page.keyboard.press("Enter");
      }
    },
    async answer(question, text) {
      await page.locator(quickInput, { hasText: question }).waitFor();
      await page.locator(`${quickInput} input`).fill(text);
      await page.keyboard.press("Enter");
    },
    async accept(question) {
      await page.locator(quickInput, { hasText: question }).waitFor();
      await page.keyboard.press("Enter");
    },
    line: (text) => page.locator(".view-line", { hasText: text }).first(),
    toast: (text) => page.locator(".notifications-toasts .notification-list-item", { hasText: text }),
    dialogButton: (text) => page.locator(".monaco-dialog-box .monaco-button", { hasText: text }),
    problems: async () => (await page.locator('[id="status.problems"] a').getAttribute("aria-label")) ?? "",
    async openView(title) {
      const icon = page.locator(".activitybar .action-item", { has: page.locator(`[aria-label^="${title}"]`) });
      if ((await icon.getAttribute("class"))?.includes("checked") !== true) await icon.click();
      await page.locator(".sidebar .composite.title", { hasText: title }).waitFor();
    },
    treeRow: (view, text) => page.locator(`.pane:has([aria-label^="${view}"]) .monaco-list-row`, { hasText: text }),
    webview: () => page.frameLocator("iframe.webview.ready").frameLocator("#active-frame"),
    async lightBulb() {
      await page.keyboard.press("Control+.");
      const rows = page.locator(".action-widget .monaco-list-row");
      await rows.first().waitFor();
      return rows;
    },
    async useTheme(theme) {
      const [name, kind] = themes[theme];
      await run("Preferences: Color Theme");
      await page.locator(`${quickInput} input`).fill(name);
      await row(name).click();
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
    },
    async reload() {
      // A window that loses the focus stores its state; one that is thrown away only begins to.
      await page.evaluate(() => {
        Object.assign(document, { hasFocus: () => false });
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await page.waitForTimeout(1000);
      await load();
    },
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
