/** The bytes of a WebAssembly module, which the build makes of the `.assembly.ts` file beside the import. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}

/** What of the WebAssembly JavaScript interface is used (W3C, WebAssembly JavaScript Interface 2.0); Node's types do not have it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    constructor(size: { initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Global {
    readonly value: number;
  }
  class Instance {
    constructor(module: Module, imports: { env: Record<string, unknown> });
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
