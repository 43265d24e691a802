import { create } from 'zustand';
import type { Failure } from './types.ts';

export interface Toast {
  id: number;
  tone: 'plain' | 'ok' | 'bad';
  text?: string;
  failure?: Failure;
  action?: { label: string; run(): void };
}

export const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

let lastId = 0;

/** Shows a toast and returns its id; failures stay until closed, others leave by themselves (see ui/toasts.tsx). */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1;
  const shown = { ...toast, id: lastId };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), shown] }));
  return lastId;
}

/** Gatehouse was locked: what the toasts tell is no business of whoever sits there now. */
export const clearToasts = (): void => useToasts.setState({ toasts: [] });

export function closeToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
