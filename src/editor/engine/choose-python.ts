import * as vscode from "vscode";
import { readPython } from "../settings.ts";

/**
 * The Python that local training is to start from: the one of the setting; else the one that the Python extension has chosen, where it is new
 * enough; else undefined, which leaves it to PATH.
 */
export async function choosePython(): Promise<string | undefined> {
  const named = readPython();
  if (named !== undefined) return named;
  const chosen = await fromPythonExtension().catch(() => undefined);
  if (chosen === undefined) return undefined;
  const { findPython } = await import("../../engine/environment/find-python.ts");
  return findPython(chosen).catch(() => undefined);
}

/** The part of the Python extension's interface that is used. Source: `@vscode/python-extension`, `PythonExtension.environments`. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(): { readonly path: string };
    resolveEnvironment(path: { readonly path: string }): Promise<{ readonly executable?: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

async function fromPythonExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  const environments = (await extension?.activate())?.environments;
  if (!environments) return undefined;
  return (await environments.resolveEnvironment(environments.getActiveEnvironmentPath()))?.executable?.uri?.fsPath;
}
