import { promises } from './list.ts';

/** docs/security.md with today's table between its marks, a line a promise. */
export function withTable(text: string): string {
  const cell = (words: string) => words.replaceAll('|', '\\|');
  const lines = promises.map(({ threat, promise, tests }) => {
    const files = [...new Set(tests.map(({ file }) => `\`${file.replace(/^test\//, '')}\``))];
    return `| ${cell(threat)} | ${cell(promise)} | ${files.join(', ')} |`;
  });
  const table = ['| who or what | promise | shown by (`test/…`) |', '| --- | --- | --- |', ...lines].join(
    '\n',
  );
  return text.replace(
    /(<!-- promises -->\n)[\s\S]*(<!-- \/promises -->)/,
    (_, start, end) => `${start}\n${table}\n\n${end}`,
  );
}
