import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Port } from "../../protocol/channel.ts";
import { pageHtml } from "./page-html.ts";

/** What a panel's page may do: run the scripts of dist/webview and load nothing else. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist", "webview")] };
}

/** The mark in the tab of a panel, in VS Code's own colours for icons; a panel without one has the sign of an unknown file. */
export function panelIcon(extensionUri: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, "media", `panel-${theme}.svg`);
  return { light: icon("light"), dark: icon("dark") };
}

/** Loads the page `name` of dist/webview into a webview. */
export function loadPage(webview: vscode.Webview, extensionUri: vscode.Uri, name: string, title: string, { images = false }: { readonly images?: boolean } = {}): void {
  const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webview", file)).toString();
  webview.options = pageOptions(extensionUri);
  webview.html = pageHtml({ title, script: address(`${name}.js`), style: address(`${name}.css`), origin: webview.cspSource, nonce: randomBytes(16).toString("base64"), images });
}

/** A webview as a port of the channel. */
export function toPort(webview: vscode.Webview): Port {
  return {
    send: (message) => void webview.postMessage(message),
    listen(listener) {
      const listening = webview.onDidReceiveMessage(listener);
      return () => listening.dispose();
    },
  };
}
