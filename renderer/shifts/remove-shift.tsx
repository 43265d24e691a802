import { call } from '../state/call.ts';
import { goTo, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { Confirm } from '../ui/confirm.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** Asks before a shift is forgotten; its accounts and sessions stay. */
export function RemoveShift({ shiftId, onClose }: { shiftId: string; onClose(): void }) {
  const shift = useApp((app) => app.shifts[shiftId]);
  if (!shift) return null;
  return (
    <Confirm
      title={`Remove ${sanitizeText(shift.name, 60)}`}
      action="Remove shift"
      onClose={onClose}
      onConfirm={async () => {
        await call('shifts.remove', { id: shiftId });
        const { route } = useNavigation.getState();
        if (route.at === 'shift' && route.shiftId === shiftId) goTo({ at: 'live' });
      }}
    >
      <p>The set is forgotten. Its accounts and their sessions stay as they are.</p>
    </Confirm>
  );
}
