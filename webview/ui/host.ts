import type { Port } from "../../src/protocol/channel.ts";

/** What VS Code gives a page, once per load. */
interface VSCode {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VSCode;

/** The page's way to the extension. What `remember` keeps is given to the extension when the window is loaded again, and to the page as `remembered`. */
export interface Host {
  readonly port: Port;
  remember(state: unknown): void;
  readonly remembered: unknown;
}

/** May be called once per load of the page. */
export function acquireHost(): Host {
  const vscode = acquireVsCodeApi();
  return {
    port: {
      send: (message) => vscode.postMessage(message),
      listen(listener) {
        const hear = (event: MessageEvent): void => listener(event.data);
        window.addEventListener("message", hear);
        return () => window.removeEventListener("message", hear);
      },
    },
    remember: (state) => vscode.setState(state),
    remembered: vscode.getState(),
  };
}
