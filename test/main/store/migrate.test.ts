import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { migrate, versionOf } from '../../../main/store/migrate.ts';
import { migrations } from '../../../main/store/migrations/list.ts';
import type { Migration } from '../../../main/store/migrations/migration.ts';

const latest = migrations.at(-1)!.version;

function shapeOf(database: DatabaseSync): unknown[] {
  return database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
}

function fresh(steps: Migration[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  migrate(database, steps);
  return database;
}

test('the steps are numbered 1, 2, 3 … without a gap', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1));
});

describe.each(migrations.map((step) => step.version))('from version %i', (version) => {
  test('the database becomes the same as a new one, with what was in it', () => {
    const past = fresh(migrations.slice(0, version));
    expect(versionOf(past)).toBe(version);
    past.exec("INSERT INTO meta (key, value) VALUES ('kept', 'yes')");
    migrate(past, migrations);
    expect(versionOf(past)).toBe(latest);
    expect(shapeOf(past)).toEqual(shapeOf(fresh(migrations)));
    expect(past.prepare("SELECT value FROM meta WHERE key = 'kept'").get()).toEqual({ value: 'yes' });
  });
});

test('later steps run once each, and one that fails leaves the version before it whole', () => {
  const second = {
    version: latest + 1,
    sql: 'CREATE TABLE extra (id INTEGER); INSERT INTO extra VALUES (1);',
  };
  const broken = {
    version: latest + 2,
    sql: 'INSERT INTO extra VALUES (2); INSERT INTO nowhere VALUES (1);',
  };
  const database = fresh([...migrations, second]);
  expect(() => migrate(database, [...migrations, second, broken])).toThrow(/nowhere/);
  expect(versionOf(database)).toBe(latest + 1);
  expect(database.prepare('SELECT id FROM extra').all()).toEqual([{ id: 1 }]);
  expect(database.isTransaction).toBe(false);
});
