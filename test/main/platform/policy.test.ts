import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policyPaths, readPolicy } from '../../../main/platform/policy.ts';

describe('the administrator’s file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-policy-'));
    path = join(folder, 'policy.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    writeFileSync(path, text);
    return readPolicy([join(folder, 'none', 'policy.json'), path]);
  };

  test('sets the address of updates; without it there is none', () => {
    expect(readPolicy([path])).toEqual({ path, address: null });
    expect(read('{}')).toEqual({ path, address: null });
    expect(read('{"updates": {"address": "https://updates.example.com/gatehouse/"}}')).toEqual({
      path,
      address: 'https://updates.example.com/gatehouse',
    });
  });

  test('the first of several that is there counts', () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, '{"updates": {"address": "https://other.example.com"}}');
    writeFileSync(path, '{}');
    expect(readPolicy([path, other]).address).toBeNull();
  });

  test.each([
    ['plain http', '{"updates": {"address": "http://updates.example.com"}}', 'https://'],
    ['a password in it', '{"updates": {"address": "https://me:it@updates.example.com"}}', 'password'],
    ['no JSON', 'updates: yes', 'should look like'],
    ['another shape', '{"updates": "https://updates.example.com"}', 'should look like'],
  ])('with %s is refused, and said to be', (_what, text, why) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({
          message: expect.stringContaining(why),
          advice: expect.stringContaining(path),
        }),
      }),
    );
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('that can’t be read is named', () => {
    writeFileSync(path, '{}');
    chmodSync(path, 0);
    expect(() => readPolicy([path])).toThrow('can’t be read');
  });

  test('that is a folder is named, too', () => {
    mkdirSync(path);
    expect(() => readPolicy([path])).toThrow('can’t be read');
  });

  test('lies where each system keeps such files', () => {
    expect(policyPaths('linux', {})).toEqual(['/etc/xdg/gatehouse/policy.json']);
    expect(policyPaths('linux', { XDG_CONFIG_DIRS: '/a:/b' })).toEqual([
      '/a/gatehouse/policy.json',
      '/b/gatehouse/policy.json',
    ]);
    expect(policyPaths('darwin', {})).toEqual(['/Library/Application Support/Gatehouse/policy.json']);
    expect(policyPaths('win32', { ProgramData: 'D:\\Data' })[0]).toMatch(/^D:\\Data.Gatehouse.policy\.json$/);
  });
});
