import { provideVSCodeDesignSystem, vsCodeButton } from "@vscode/webview-ui-toolkit";

/**
 * Registers the controls that the pages use. The toolkit is archived upstream, so this is the only file that imports it:
 * replacing it means rewriting this file.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}
