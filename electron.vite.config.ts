import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/*
 * out/main and out/practice come of one build, so that the packages both use are there once (out/chunks).
 * Everything is bundled in; only `electron` and Node's own modules stay outside. The licences of what is bundled go along.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: 'out',
      emptyOutDir: false,
      license: { fileName: 'main/THIRD-PARTY-NOTICES.md' },
      target: 'node24',
      rollupOptions: {
        input: { 'main/index': 'main/index.ts', 'practice/index': 'practice/index.ts' },
        // The ws package asks for these two helpers and does without them.
        external: ['bufferutil', 'utf-8-validate'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      rollupOptions: {
        input: 'preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      license: { fileName: 'THIRD-PARTY-NOTICES.md' },
      // A third of the size, which the window reads and parses at every start.
      minify: true,
      chunkSizeWarningLimit: 1_000,
      modulePreload: { polyfill: false },
      // The policy allows fonts and images from our own files only, and the host is always a current Chromium.
      assetsInlineLimit: 0,
      target: 'chrome142',
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
