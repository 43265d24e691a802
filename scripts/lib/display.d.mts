export function hasDisplay(): boolean;
export function startDisplay(size?: string): Promise<{ name: string; stop(): Promise<void> }>;
