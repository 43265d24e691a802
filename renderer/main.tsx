import '@fontsource-variable/inter/wght.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startState } from './state/start.ts';

const root = document.getElementById('root');
if (root) {
  startState();
  createRoot(root).render(<App />);
}
