import { enableCompileCache, registerHooks } from 'node:module';

/** `node --import ./stand-in/register.ts out/main/index.js`: `electron` becomes the stand-in host, for import and require. */
enableCompileCache();
const electron = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main')
      return { url: electron, shortCircuit: true };
    return next(specifier, context);
  },
});
