import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const fileTooLarge: DatasetRule = {
  id: "file-too-large",
  severity: "error",
  summary: "The file has more bytes than the target takes, or than a plain upload takes.",
  explanation: "OpenAI takes 512 MB in one request and 8 GB by its Uploads API; Mistral 512 MB; Fireworks 150 MB in one request. Split the file, or train on a sample.",
  source: "https://github.com/openai/openai-openapi (POST /files, POST /uploads)",
  begin: ({ byteLength = 0, target: { fileBytes, title } }) => ({
    add: () => nothing,
    *finish() {
      const { limit = Infinity, plain } = fileBytes ?? {};
      if (byteLength > limit) yield aboutFile(`The file has ${megabytes(byteLength)} MB; ${title} takes at most ${megabytes(limit)} MB.`);
      else if (plain && byteLength > plain.limit) yield aboutFile(`The file has ${megabytes(byteLength)} MB; ${title} takes at most ${megabytes(plain.limit)} MB in one request, and more only ${plain.beyond}.`, [], "warning");
    },
  }),
};

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 0 });
}
