/** What the name of a launch file ends in; the manifest says the same. */
export const launchFileEnding = ".finetune.jsonc";
