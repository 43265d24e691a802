import type { SecurityPromise } from './promise.ts';

const copied = (name: string) => ({
  file: 'test/main/sessions/copied-mark.test.ts',
  name: `a session whose User-Agent somebody has copied ${name}`,
});
const panel = (name: string) => ({
  file: 'test/main/vendors/enhance/practice.test.ts',
  name: `a copied mark ${name}`,
});
const practice = (name: string) => ({
  file: 'test/practice/common/guard.test.ts',
  name: `a practice server ${name}`,
});

export const otherPromises: SecurityPromise[] = [
  {
    threat: 'An intruder with the password, who copies the User-Agent of our session',
    promise: 'The intruder’s session is never taken for ours: it is shown with a warning and can be ended',
    tests: [
      copied('is told from the copy, which is shown with a warning and can be ended alone'),
      copied('is told from the copy before its id is known, as the older of the two'),
      copied('does not lend its place to the copy when it is over'),
      panel('makes nobody this session, before and after a check has found out which it is'),
      {
        file: 'test/renderer/shell/window.test.ts',
        name: 'a session warns of a session that only looks like this one, and offers its end',
      },
    ],
  },
  {
    threat: 'An intruder with the password, who copies the User-Agent of our session',
    promise: '“End the others” ends the intruder’s session, and so does the search for a stray; ours stays',
    tests: [
      copied('stays when the others are ended, and the copy does not'),
      panel('does not spare an intruder when a stray is ended: with a session opened before ours'),
      panel('does not spare an intruder when a stray is ended: with a session opened after ours'),
      panel('does not spare an intruder when a stray is ended: with a session opened long after all others'),
    ],
  },
  {
    threat: 'A web page in a browser on this computer',
    promise: 'It can’t read the practice servers under a name of its own (DNS rebinding)',
    tests: [
      practice('does not answer to the name “rebound.example”, so that none can be made to lead here'),
      practice('opens no websocket for a name that leads here'),
    ],
  },
  {
    threat: 'A web page in a browser on this computer',
    promise: 'It can’t give the practice servers orders, by script or by form, and can’t frame their pages',
    tests: [
      practice('takes no order from another site'),
      practice('takes no order from a form'),
      practice('takes no order from a sandboxed frame'),
      practice('takes an order in JSON only, not as “text/plain”, by whatever spelling of the path'),
      practice('opens no websocket for another site’s page'),
      practice('lets a person follow a link to a page, which nobody can frame'),
    ],
  },
];
