/** Characters; Gatehouse shows less, and Windows takes no longer command line than a few times this. */
const longest = 8_000;

/**
 * What CHANGELOG.md says of a version, else of what is not released yet; '' where it says nothing.
 * @param {string} changelog
 * @param {string} version
 */
export function releaseNotes(changelog, version) {
  const parts = changelog.split(/^## /m).slice(1);
  const of = (/** @type {string} */ name) =>
    parts.find((part) => part.split('\n')[0]?.split(' ')[0] === name);
  const part = of(version) ?? of('Unreleased') ?? '';
  return part.split('\n').slice(1).join('\n').trim().slice(0, longest);
}
