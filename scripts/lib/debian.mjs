import { readFileSync } from 'node:fs';
import { run, say, stop } from './run.mjs';

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Installs system packages: itself only as root on Debian; otherwise says the one command and stops.
 * @param {string[]} packages Debian's names
 * @param {string} why what is missing, for the person
 */
export async function ensurePackages(packages, why) {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isDebian())
    stop(
      `${why} Install it with your system's package manager (on Debian: sudo sh -c '${command}') and start again.`,
    );
  if (process.getuid?.() !== 0) stop(`${why} Run this once and start again:\n  sudo sh -c '${command}'`);
  say(`${why} Installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update', '-q'], { env })) !== 0)
    say('apt-get update failed; trying with the package lists that are here');
  const code = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  if (code !== 0)
    stop(`apt-get could not install ${packages.join(', ')} (it ended with ${code}; its words are above).`);
}
