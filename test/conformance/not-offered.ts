/** What the stand-in host does otherwise than Electron, by the behaviour's name, and why it is left so. */
export const notOffered: Record<string, string> = {
  'an object that is sent twice in one message arrives as one':
    'the messages are texts, in which a value has no identity; the contract has no such message',
  'a circle of objects arrives as one': 'as above',
  'typed arrays keep their kind': 'the contract sends none',
  'a second thing under the same name is refused': 'the preload exposes one thing, once',
  'a frame that is about to navigate is told of':
    'Chromium’s protocol names such a navigation when it has begun',
  'the handler of permissions is asked': 'Chromium denies every one there by itself, before anybody is asked',
  'a proxy that is not there has a name of its own':
    'a relay of the stand-in’s stands before the proxy, as Playwright answers its sign-ins without main; it is there',
  'what was sealed by the synchronous method is readable':
    'the synchronous methods are deprecated and nobody calls them; what this host itself sealed earlier is held by its own test',
  'a page’s new title is told of': 'the title of Chromium’s window is the page’s own',
};
