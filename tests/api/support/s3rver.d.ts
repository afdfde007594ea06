export function startS3(directory: string): Promise<{ port: number; close(): Promise<void> }>
