import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { pageHtml } from "../../src/editor/panels/page-html.ts";
import type { Port } from "../../src/protocol/channel.ts";
import type { Theme } from "./themes.ts";

const origin = "https://panel.test";

/** A page in the browser, loaded as VS Code would load it, and the host's port to it. */
export interface OpenPage {
  readonly page: Page;
  /** What the content security policy kept from happening. */
  readonly violations: readonly string[];
  /** What the page last gave to be remembered. */
  remembered(): unknown;
}

export interface PageOptions {
  readonly name: string;
  readonly theme: Theme;
  readonly attach: (port: Port) => void;
  readonly remembered?: unknown;
  readonly width?: number;
  readonly height?: number;
  /** Whether its policy lets it show pictures whose bytes are in what it shows. */
  readonly images?: boolean;
}

/** Opens the built page under its real policy, with a fake of VS Code that hands messages to `attach`'s port. */
export async function openPage(browser: Browser, { name, theme, attach, remembered, width = 1100, height = 1400, images = false }: PageOptions): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width, height } });
  const listeners = new Set<(message: unknown) => void>();
  let kept: unknown = remembered;
  const violations: string[] = [];
  attach({
    // VS Code passes messages as JSON: no NaN, no Infinity, no undefined.
    send: (message) => void page.evaluate((text) => window.postMessage(JSON.parse(text) as unknown, "*"), JSON.stringify(message)).catch(() => undefined),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  await page.exposeFunction("tellHost", (message: unknown) => listeners.forEach((listener) => listener(message)));
  await page.exposeFunction("keepState", (state: unknown) => {
    kept = state;
  });
  await page.exposeFunction("reportViolation", (text: string) => violations.push(text));
  await page.addInitScript((given) => {
    const world = window as unknown as Record<string, unknown> & { tellHost(message: unknown): void; keepState(state: unknown): void; reportViolation(text: string): void };
    world["acquireVsCodeApi"] = () => ({ postMessage: (message: unknown) => world.tellHost(message), getState: () => given.remembered, setState: (state: unknown) => world.keepState(state) });
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => world.reportViolation(`${violatedDirective} ${blockedURI} ${sample}`));
    document.addEventListener("DOMContentLoaded", () => {
      document.body.className = `vscode-${given.theme.name}`;
      for (const [variable, value] of Object.entries(given.theme.variables)) document.documentElement.style.setProperty(`--vscode-${variable}`, value);
    });
  }, { theme, remembered });
  await page.route(`${origin}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/") return route.fulfill({ contentType: "text/html; charset=utf-8", body: pageHtml({ title: name, script: `${origin}/${name}.js`, style: `${origin}/${name}.css`, origin, nonce: "dGVzdC1ub25jZQ", images }) });
    const contentType = path.endsWith(".css") ? "text/css" : "text/javascript";
    return route.fulfill({ contentType, body: await readFile(`out/webview${path}`) });
  });
  await page.goto(origin);
  return { page, violations, remembered: () => kept };
}
