/** How the name of an evaluation plan ends. */
export const planFileEnding = ".eval.jsonc";
