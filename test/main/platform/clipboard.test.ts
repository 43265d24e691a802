import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  clearCopied,
  clearsAfterSeconds,
  copyForAWhile,
  secretFormats,
} from '../../../main/platform/clipboard.ts';
import { clipboard } from '../../../stand-in/clipboard.ts';

// Electron's clipboard is the stand-in host's; under GATEHOUSE_E2E it never touches a person's.
vi.hoisted(() => {
  process.env.GATEHOUSE_E2E = '1';
});
vi.mock('electron', () => import('../../../stand-in/clipboard.ts'));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('a copied secret is taken off the clipboard after 30 s', async () => {
  expect(copyForAWhile('KOYEB_TOKEN=secret')).toBe(30);
  await vi.advanceTimersByTimeAsync(clearsAfterSeconds * 1000 - 1);
  expect(await clipboard.readText()).toBe('KOYEB_TOKEN=secret');
  await vi.advanceTimersByTimeAsync(1);
  expect(await clipboard.readText()).toBe('');
});

test('what somebody copied meanwhile stays', async () => {
  copyForAWhile('secret');
  clipboard.writeText('a shopping list');
  await vi.advanceTimersByTimeAsync(clearsAfterSeconds * 1000);
  expect(await clipboard.readText()).toBe('a shopping list');
});

test('quitting takes it off at once', async () => {
  copyForAWhile('secret');
  await clearCopied();
  expect(await clipboard.readText()).toBe('');
});

test('what is copied again stays for its own 30 s', async () => {
  copyForAWhile('secret');
  await vi.advanceTimersByTimeAsync(20_000);
  copyForAWhile('secret');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await clipboard.readText()).toBe('secret');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await clipboard.readText()).toBe('');
});

test('histories and cloud clipboards are told by their own formats that it is a secret, in one write', async () => {
  const write = vi.spyOn(clipboard, 'write');
  copyForAWhile('secret');
  expect(write).toHaveBeenCalledOnce();
  const items = write.mock.calls[0]![0];
  expect(items).toHaveLength(1);
  const name = process.platform === 'linux' ? 'x-kde-passwordManagerHint' : expect.any(String);
  expect(
    items[0]!.types.map(
      (type) => /^electron application\/osclipboard;format="(.+)"$/.exec(type)?.[1] ?? type,
    ),
  ).toEqual(expect.arrayContaining(['text/plain', name]));
  for (const [type, value] of Object.entries(items[0]!.payload))
    if (type !== 'text/plain' && process.platform === 'linux')
      expect(await (value as Blob).text(), type).toBe('secret');
  await clearCopied();

  expect(secretFormats('linux')).toEqual({ 'x-kde-passwordManagerHint': 'secret' });
  expect(secretFormats('darwin')).toEqual({ 'org.nspasteboard.ConcealedType': 'secret' });
  const zero = new Uint8Array([0, 0, 0, 0]);
  expect(secretFormats('win32')).toEqual({
    ExcludeClipboardContentFromMonitorProcessing: zero,
    CanIncludeInClipboardHistory: zero,
    CanUploadToCloudClipboard: zero,
  });
});

test('where the formats are refused, the text is copied all the same', async () => {
  vi.spyOn(clipboard, 'write').mockRejectedValue(new Error('no such format'));
  copyForAWhile('secret');
  await vi.advanceTimersByTimeAsync(0);
  expect(await clipboard.readText()).toBe('secret');
  await clearCopied();
  expect(await clipboard.readText()).toBe('');
});

test('clearing waits for a write that is on its way', async () => {
  let done = () => {};
  const slow = new Promise<void>((arrive) => {
    done = arrive;
  });
  vi.spyOn(clipboard, 'write').mockImplementation(async () => {
    await slow;
    clipboard.writeText('secret');
  });
  copyForAWhile('secret');
  const cleared = clearCopied();
  done();
  await cleared;
  expect(await clipboard.readText()).toBe('');
});

test('a clipboard that can’t be read is cleared', async () => {
  copyForAWhile('secret');
  vi.spyOn(clipboard, 'readText').mockImplementationOnce(() => {
    throw new Error('busy');
  });
  await clearCopied();
  expect(clipboard.readText()).toBe('');
});
