import { Notification } from 'electron';
import { nativeText } from '#lib/native-text.ts';

/** Held until it is over: a notification that nobody holds may lose its click. */
const shown = new Set<Notification>();

/** Shows one notification; `onClick` brings the person to what it is about. Returns what takes it off the screen. */
export function notify(title: string, body: string, onClick: () => void): () => void {
  if (!Notification.isSupported()) return () => {};
  const notification = new Notification({ title: nativeText(title, 80), body: nativeText(body, 200) });
  shown.add(notification);
  const over = () => shown.delete(notification);
  notification.on('click', () => {
    over();
    onClick();
  });
  notification.on('close', over);
  notification.on('failed', over);
  notification.show();
  return () => {
    if (over()) notification.close();
  };
}

/** Takes what is still shown off the screen; it may name accounts. */
export function closeNotifications() {
  for (const one of [...shown]) one.close();
  shown.clear();
}
