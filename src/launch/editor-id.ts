/** The name of VS Code's own language models where evaluations name services. They exist in the editor alone. */
export const editorId = "editor";
