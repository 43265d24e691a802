const macOnly = 'Packages for macOS can be made on macOS only.';
const network = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;
const missing = /\b(?:wine|rpmbuild|fakeroot|dpkg-deb|hdiutil|makensis|snapcraft|xorrisofs|genisoimage)\b/;

/**
 * Why packages of the wanted system can't be made on this one, in a sentence; null where they may. Said before anything is
 * downloaded.
 * @param {readonly string[]} args of electron-builder
 * @param {string} platform
 * @returns {string | null}
 */
export function whyNotHere(args, platform) {
  const wantsMac = args.some((arg) => /^(--mac|--macos|-m|-o)(=|$)/.test(arg));
  return wantsMac && platform !== 'darwin' ? macOnly : null;
}

/**
 * What is missing, in a sentence, by the last words of electron-builder; null where they don't tell.
 * @param {string} said
 * @returns {string | null}
 */
export function whyNotPacked(said) {
  const code = network.exec(said)?.[1];
  if (code) {
    return `Electron or a tool for packing could not be downloaded (${code}). Check the network and proxy, or name a mirror in ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR.`;
  }
  if (/Build for macOS is supported only on macOS/i.test(said)) return macOnly;
  const tool = /ENOENT|not found|is required|cannot (?:find|execute)/i.test(said) && missing.exec(said)?.[0];
  return tool ? `Packing for that system needs ${tool}, which is not installed here.` : null;
}
