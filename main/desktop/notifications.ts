import { Notification } from 'electron';

/** Shows one notification; `onClick` brings the person to what it is about. */
export function notify(title: string, body: string, onClick: () => void) {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', onClick);
  notification.show();
}
