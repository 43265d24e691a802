const plain = (html: string) =>
  html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** What a window does in a person's hands: takes the link that is named, and returns where the provider would send the person back. */
export async function visitProvider(url: string, choose: RegExp): Promise<string> {
  const page = await (await fetch(url)).text();
  const links = [...page.matchAll(/<a href="([^"]+)">([^<]+)</g)];
  const chosen = links.find(([, , text]) => choose.test(plain(text ?? '')))?.[1] ?? '';
  const target = new URL(plain(chosen), url);
  if (!target.pathname.startsWith('/__practice/')) return target.href;
  return (await fetch(target, { redirect: 'manual' })).headers.get('location') ?? '';
}
