import '@fontsource-variable/inter/wght.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { LastBoundary } from './shell/last-boundary.tsx';
import { startState } from './state/start.ts';

const root = document.getElementById('root');
if (root) {
  startState();
  // React's own report has the error's text, which may be a vendor's.
  createRoot(root, { onCaughtError: () => console.error('A part of the window could not be drawn.') }).render(
    <LastBoundary>
      <App />
    </LastBoundary>,
  );
}
