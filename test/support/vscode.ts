/** The small part of `vscode` that pure editor adapters need in unit tests; whatever shows itself is tested in a real extension host. */
export class CancellationError extends Error {}

export const workspace = { getConfiguration: () => ({ get: (): unknown => undefined }) };
