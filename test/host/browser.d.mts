import type { Browser } from "playwright-core";
export declare function launchBrowser(options?: { home?: string; log?: (line: string) => void }): Promise<Browser>;
