import { describe, expect, test } from 'vitest';
import { action } from '#contract/admin.ts';
import { createDispatcher, defineAction, offered } from '../../../../main/vendors/kit/actions.ts';
import { field } from '../../../../main/vendors/kit/fields.ts';
import { failureOf } from '../practice-context.ts';

/** A desk lamp of several, and whether the session may touch it. */
interface Lamp {
  name: string;
  lit: boolean;
  mine: boolean;
}

const log: unknown[] = [];

const switchOff = defineAction({
  id: 'switch-off',
  object: ({ name }: Lamp) => name,
  label: ({ name }: Lamp) => `Switch off ${name}`,
  danger: true,
  confirm: ({ name }: Lamp) => `Switch off ${name}?`,
  effect: ({ mine }: Lamp) => (mine ? '' : 'It gets dark there.'),
  right: { name: 'the right to touch lamps', isHeld: ({ mine }: Lamp) => mine },
  when: ({ lit }: Lamp) => lit,
  async run(by: string, call) {
    log.push([by, call]);
    return { message: `${call.object} is off.` };
  },
});

const rename = defineAction({
  id: 'rename',
  label: 'Rename',
  fields: ({ name }: Lamp) => [field('name', 'Name', { initial: name })],
  special: 'image',
  run: async (_by: string, { values }) => ({ message: `Its name is ${values.name}.` }),
});

const dispatch = createDispatcher('the lamp shop', [switchOff, rename]);
const call = (named: string, values: Record<string, string> = {}) =>
  dispatch('Ada', { action: named, target: 'row/1', values, image: null });

describe('an action', () => {
  test('is offered with what follows from its subject, and in the contract’s shape', () => {
    const made = switchOff.offer({ name: 'hall:1', lit: true, mine: false });
    expect(action.strict().parse(made)).toEqual({
      id: 'switch-off:hall:1',
      label: 'Switch off hall:1',
      fields: [],
      danger: true,
      confirm: 'Switch off hall:1?',
      effect: 'It gets dark there.',
      missingRight: 'the right to touch lamps',
    });
    expect(switchOff.offer({ name: 'desk', lit: true, mine: true })).not.toHaveProperty('missingRight');
    expect(switchOff.offer({ name: 'desk', lit: true, mine: true })).not.toHaveProperty('effect');
  });

  test('without an object has its bare id, and nothing that it does not say', () => {
    expect(action.strict().parse(rename.offer({ name: 'desk', lit: true, mine: true }))).toEqual({
      id: 'rename',
      label: 'Rename',
      fields: [expect.objectContaining({ name: 'name', initial: 'desk' })],
      danger: false,
      special: 'image',
    });
  });

  test('is not offered where it makes no sense', () => {
    const ids = (lit: boolean) =>
      offered([switchOff, rename], { name: 'desk', lit, mine: true }).map(({ id }) => id);
    expect(ids(true)).toEqual(['switch-off:desk', 'rename']);
    expect(ids(false)).toEqual(['rename']);
  });
});

describe('the dispatcher', () => {
  test('runs what is named, with the object behind the first colon', async () => {
    expect(await call('switch-off:hall:1')).toEqual({ message: 'hall:1 is off.' });
    expect(log).toEqual([['Ada', { object: 'hall:1', target: 'row/1', values: {}, image: null }]]);
    expect(await call('rename', { name: 'Sun' })).toEqual({ message: 'Its name is Sun.' });
  });

  test.each([
    'switch-off',
    'switch-off:',
    'rename:desk',
    'rename:',
    'sing',
    '',
    ':desk',
    'constructor',
    '__proto__',
    'Rename',
  ])('knows no action “%s”', async (named) => {
    log.length = 0;
    expect(await failureOf(call(named))).toEqual({
      kind: 'not-found',
      message: 'There is no such action at the lamp shop.',
    });
    expect(log).toEqual([]);
  });

  test('refuses two actions of one id', () => {
    expect(() => createDispatcher('the lamp shop', [rename, rename])).toThrow('one id');
  });
});
