// Starts the practice servers: `npm run practice -- --cyclos both --port-enhance 41000`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = fileURLToPath(
  new URL(
    process.platform === 'win32' ? '../node_modules/node/bin/node.exe' : '../node_modules/node/bin/node',
    import.meta.url,
  ),
);

if (!existsSync(node) || !existsSync(new URL('../node_modules/fastify/package.json', import.meta.url))) {
  console.log('Installing what the practice servers need (once) …');
  const npm = spawnSync('npm', ['ci'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
  });
  if (npm.status !== 0) {
    console.error('npm ci failed. Look at its messages above, then start again.');
    process.exit(1);
  }
}

const servers = spawn(node, ['practice/index.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => servers.kill(signal));
servers.on('error', (error) => {
  console.error(`The practice servers did not start: ${error.message}`);
  process.exit(1);
});
servers.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
