export interface HostTests {
  /** Exports `run()`. */
  bundle: string;
  workspace: string;
  logs: string;
  settings?: Readonly<Record<string, unknown>>;
  environment?: Readonly<Record<string, string>>;
  trusted?: boolean;
  testTimeout?: number;
  runTimeout?: number;
}
export declare function runInExtensionHost(tests: HostTests): Promise<{ passed: number; failed: number }>;
