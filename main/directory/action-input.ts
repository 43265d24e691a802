import type { ActionInput } from '../vendors/admin.ts';

/** What crosses the bridge for an action, as vendors take it. */
export function actionInput(input: {
  action: string;
  target?: string | undefined;
  values: Record<string, string>;
  image?: Uint8Array | undefined;
}): ActionInput {
  const { action, target = null, values, image = null } = input;
  return { action, target, values, image };
}
