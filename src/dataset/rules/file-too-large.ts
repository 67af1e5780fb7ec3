import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const fileTooLarge: DatasetRule = {
  id: "file-too-large",
  severity: "error",
  summary: "The file has more bytes than the target takes, or than a plain upload takes.",
  explanation: "OpenAI takes 512 MB in one request and 8 GB by its Uploads API; Mistral 512 MB. Split the file, or train on a sample.",
  source: "https://github.com/openai/openai-openapi (POST /files, POST /uploads)",
  begin: ({ byteLength = 0, target: { fileBytes, title } }) => ({
    add: () => nothing,
    *finish() {
      if (!fileBytes) return;
      const size = `The file has ${megabytes(byteLength)} MB`;
      if (byteLength > fileBytes.limit) yield aboutFile(`${size}; ${title} takes at most ${megabytes(fileBytes.limit)} MB.`);
      else if (byteLength > (fileBytes.plain ?? Infinity)) yield aboutFile(`${size}; ${title} takes at most ${megabytes(fileBytes.plain ?? 0)} MB in one request, and more only in parts by its Uploads API.`, [], "warning");
    },
  }),
};

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 0 });
}
