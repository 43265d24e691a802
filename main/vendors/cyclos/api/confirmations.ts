import * as model from './models.ts';
import type { CyclosRequests } from './request.ts';

/** What a trusted device approves in place of a password; 4.16. */
export function confirmationOperations(ask: CyclosRequests) {
  return {
    /** Makes a confirmation that a trusted device can approve for this sign-in. Returns its id. */
    async createLoginConfirmation(): Promise<string> {
      const id = await ask.text({
        operation: 'createDeviceConfirmation',
        newIn416: true,
        method: 'POST',
        path: ['device-confirmations'],
        json: { type: 'secondaryLogin' },
      });
      return id.trim();
    },

    /** What the device has to scan, and how it has answered: `pending`, `approved` or `rejected`. */
    viewDeviceConfirmation: (id: string) =>
      ask.read('viewDeviceConfirmation', ['device-confirmations', id], model.deviceConfirmation, {
        newIn416: true,
      }),
  };
}
