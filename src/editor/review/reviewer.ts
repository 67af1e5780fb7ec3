import { userInfo } from "node:os";
import * as vscode from "vscode";

interface GitRepository {
  getConfig(key: string): Promise<string>;
  getGlobalConfig(key: string): Promise<string>;
}

/** By what name this user reviews: the setting's, or else git's, or else the system's. */
export async function reviewerName(): Promise<string> {
  const set = vscode.workspace.getConfiguration("tunesmith").get<string>("review.name")?.trim();
  return set || (await gitName()) || userInfo().username;
}

async function gitName(): Promise<string> {
  try {
    const git = vscode.extensions.getExtension<{ getAPI(version: 1): { readonly repositories: readonly GitRepository[] } }>("vscode.git");
    const [repository] = (await git?.activate())?.getAPI(1).repositories ?? [];
    return (await repository?.getConfig("user.name")) || (await repository?.getGlobalConfig("user.name")) || "";
  } catch {
    // Without git, or with it switched off, nobody is known there.
    return "";
  }
}
