import type * as vscode from "vscode";
import { getLocation } from "jsonc-parser";
import { checkLaunchFile } from "../../jobs/launch-file/check.ts";
import { completeLaunchFile } from "../../jobs/launch-file/complete.ts";
import { explain } from "../../jobs/launch-file/explain.ts";
import { launchFileEnding } from "../../jobs/launch-file/file-name.ts";
import { parseLaunchFile } from "../../jobs/launch-file/parse.ts";
import { launchFileSchema } from "../../jobs/launch-file/schema.ts";
import { lookAround } from "../../launch/look-around.ts";
import type { JsoncLanguage } from "../jsonc-files/language.ts";
import type { KnownModels } from "../services/known-models.ts";
import { readClusterSetting } from "../settings.ts";

/** What the editor can say of launch files. */
export function launchLanguage(known: KnownModels): JsoncLanguage {
  const clusters = (): readonly string[] => readClusterSetting().map(({ name }) => name);
  return {
    name: "launch", ending: launchFileEnding, read: parseLaunchFile, onDidChange: known.onDidChange,
    async problems(document) {
      const read = parseLaunchFile(document.getText());
      if ("faults" in read) return [];
      const services = { known: known.services, open: () => Promise.reject(new Error("Nobody is asked while a file is typed.")) };
      return checkLaunchFile(read.value, await lookAround(read.value, document.uri.fsPath, { services, clusters: clusters(), clock: { now: Date.now } }));
    },
    async complete(document, offset, files) {
      const text = document.getText();
      const service = serviceOf(text);
      if (service !== undefined && getLocation(text, offset).path[0] === "model") await known.ask(service);
      return completeLaunchFile(text, offset, { services: await known.services(), clusters: clusters(), files });
    },
    async explain(document: vscode.TextDocument, path) {
      const text = document.getText();
      const id = serviceOf(text);
      const service = (await known.services()).find((each) => each.id === id);
      if (!service) return undefined;
      // What is wrong elsewhere in the file says nothing of this place.
      const model = launchFileSchema.shape.model.safeParse(memberOf(text, "model")).data;
      const method = launchFileSchema.shape.method.safeParse(memberOf(text, "method")).data;
      return explain(path, { ...(model === undefined ? {} : { model }), ...(method === undefined ? {} : { method }) }, service);
    },
  };
}

function serviceOf(text: string): string | undefined {
  const value = memberOf(text, "service");
  return typeof value === "string" ? value : undefined;
}

function memberOf(text: string, name: string): unknown {
  return parseLaunchFile(text).tree?.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1]?.value;
}
