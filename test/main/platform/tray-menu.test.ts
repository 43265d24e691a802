import { describe, expect, test } from 'vitest';
import type { Session } from '#contract/shapes.ts';
import { type TrayState, trayIcon, trayMenu, traySummary } from '../../../main/platform/tray-menu.ts';
import { northwind, session } from './tray-sample.ts';

const state = (sessions: Session[], locked = false): TrayState => ({
  accounts: [northwind],
  sessions,
  locked,
});
const labels = (of: TrayState) =>
  trayMenu(of).flatMap((item) => (item.kind === 'action' ? [item.label] : []));

describe('tray menu', () => {
  test('has a line for each active session, named by account and realm', () => {
    expect(
      labels(
        state([session('s1', 'active', 'Reseller EU'), session('s2', 'active'), session('s3', 'failed')]),
      ),
    ).toEqual([
      'Sign out Northwind panel · Reseller EU',
      'Sign out Northwind panel',
      'Sign out everywhere',
      'Lock',
      'Open Gatehouse',
      'Quit',
    ]);
  });

  test('says nothing of accounts while locked', () => {
    const locked = state([session('s1', 'active', 'Reseller EU')], true);
    expect(JSON.stringify(trayMenu(locked))).not.toContain('Northwind');
    expect(trayMenu(locked)).toContainEqual(expect.objectContaining({ id: 'lock', enabled: false }));
  });

  test('is short and one line an account, whatever a vendor calls a realm', () => {
    const long = `Reseller\u202e\n${'x'.repeat(200_000)}`;
    const [label] = labels(state([session('s1', 'active', long)]));
    expect(label).toMatch(/^Sign out Northwind panel · Reseller x+…$/);
    expect(label!.length).toBeLessThan(100);
  });

  test('offers to sign out everywhere only when something is open', () => {
    const everywhere = (of: TrayState) =>
      trayMenu(of).find((item) => item.kind === 'action' && item.id === 'sign-out-everywhere');
    expect(everywhere(state([]))).toMatchObject({ enabled: false });
    expect(everywhere(state([session('s', 'waiting')]))).toMatchObject({ enabled: true });
  });

  test('the icon and the tooltip say the most pressing thing', () => {
    expect(trayIcon(state([]))).toBe('idle');
    expect(trayIcon(state([session('a', 'active')]))).toBe('active');
    expect(trayIcon(state([session('a', 'active'), session('b', 'waiting')]))).toBe('waiting');
    const all = state([session('a', 'active'), session('b', 'waiting'), session('c', 'ending')]);
    expect(trayIcon(all)).toBe('attention');
    expect(traySummary(all)).toBe('1 active · 1 waiting for you · 1 ending not confirmed');
    expect(traySummary(state([]))).toBe('No open sessions');
  });
});
