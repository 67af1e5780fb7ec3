/** Whether a machine is one for which mlx-lm is made. */
export const isAppleSilicon = (platform: NodeJS.Platform = process.platform, architecture: string = process.arch): boolean => platform === "darwin" && architecture === "arm64";
