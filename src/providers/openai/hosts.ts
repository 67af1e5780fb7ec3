/** Whether a host is one of Azure OpenAI or Microsoft Foundry: each resource has its own name before these. */
export function isAzure(hostname: string): boolean {
  return /\.(openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/.test(hostname);
}

/** Whether a host is one of Nebius Token Factory, under its present name or the one before. */
export function isNebius(hostname: string): boolean {
  return /^api(\.[\w-]+)?\.(tokenfactory|studio)\.nebius\.(com|ai)$/.test(hostname);
}
