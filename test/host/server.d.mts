export interface ServerOptions {
  folder?: string;
  port?: number;
  settings?: Readonly<Record<string, unknown>>;
  trusted?: boolean;
  vsix?: string;
  ownHome?: boolean;
  environment?: Readonly<Record<string, string>>;
  logFile?: string;
}
export interface RunningServer {
  readonly port: number;
  readonly address: string;
  readonly scratch: string;
  readonly logFile: string;
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}
export declare function startServer(options: ServerOptions): Promise<RunningServer>;
export declare function workbenchAddress(server: RunningServer, workspace: string, payload?: readonly (readonly [string, string])[]): string;
