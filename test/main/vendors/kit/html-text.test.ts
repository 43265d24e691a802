import { expect, test } from 'vitest';
import { mostHtml, textOfHtml } from '../../../../main/vendors/kit/html-text.ts';

test('paragraphs, headings and items are lines, and a link is its words and its address', () => {
  const html = `<h1>Terms of use</h1><p>You keep &amp; guard<br>your passwords.</p>
    <table><tr><th>Fee</th><td>2 %</td></tr></table><ul><li>Pay</li><li>Be paid</li></ul>
    <p>See <a href="https://terms.example/x?a=1">our pages</a> or <a href="https://b.example">https://b.example</a>.</p>`;
  expect(textOfHtml(html).split('\n').filter(Boolean)).toEqual([
    'Terms of use',
    'You keep & guard',
    'your passwords.',
    'Fee',
    '2 %',
    ' * Pay',
    ' * Be paid',
    'See our pages [https://terms.example/x?a=1] or https://b.example.',
  ]);
});

test('nothing that would do something is in it: scripts, styles, pictures, other addresses', () => {
  const html = `<title>t</title><style>p{}</style><script>alert(1)</script><img src=x onerror=alert(1) alt=y>
    <a href="javascript:alert(1)">Press</a> <a href=" file:///etc/passwd">here</a> <iframe src=x></iframe>&lt;b&gt;`;
  expect(textOfHtml(html)).toBe('Press here <b>');
});

test.each([
  ['nests without end', '<div>'],
  ['nests lists without end', '<ul><li>'],
  ['nests tables without end', '<table><tr><td>'],
  ['nests quotations without end', '<blockquote>'],
  ['breaks lines without end', '<br>'],
  ['opens tags without end', '<'],
  ['opens comments without end', '<!--'],
  ['is one word', 'a'],
  ['is a table as wide as it says', '<table><tr><td colspan=99999999>x<td rowspan=99999999>y'],
  ['is a list that counts from far', '<ol start=99999999999999><li>x'],
])('HTML that %s costs no time and no memory', (_, part) => {
  const html = part.repeat(Math.ceil(2_000_000 / part.length));
  const began = performance.now();
  const text = textOfHtml(html);
  expect(performance.now() - began).toBeLessThan(3000);
  expect(text.length).toBeLessThan(mostHtml * 2);
  expect(text.endsWith('…')).toBe(true);
});
