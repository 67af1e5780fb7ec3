export interface RunningServer { readonly port: number; readonly address: string; readonly folder: string; readonly exited: Promise<unknown>; stop(): Promise<void>; describeFailure(): Promise<string> }
export declare function startServer(options: { port?: number; settings?: Readonly<Record<string, unknown>>; trusted?: boolean; extensions?: string }): Promise<RunningServer>;
export declare function installExtension(vsix: string, extensions: string, options?: { log?: (line: string) => void }): Promise<void>;
export declare function workbenchAddress(server: RunningServer, workspace: string, payload?: readonly (readonly [string, string])[]): string;
