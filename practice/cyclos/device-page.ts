import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { page } from '../common/page.ts';
import { confirmationOf, decide, hmacOf } from './confirmations.ts';
import { answerFaults } from './faults.ts';
import { DEVICE_PAGE } from './seed-second-factors.ts';
import { type CyclosState, type Place, userById } from './state.ts';

const answer = z.strictObject({ id: z.string(), approve: z.boolean() });

/**
 * People's trusted devices on one page, in place of the vendor's app: what waits for an approval, which is given or refused as the
 * app does it, by the HMAC of the QR code.
 */
export function addDevicePage(app: FastifyInstance, state: CyclosState, places: Place[]): void {
  const placeOf = (network: string) => places.find((each) => each.network.path === network)!;

  app.get(DEVICE_PAGE, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(page('Trusted devices', '<h1>Trusted devices</h1><div id="waiting"></div>', `${DEVICE_PAGE}.js`)),
  );

  app.get(`${DEVICE_PAGE}.js`, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );

  app.get(`${DEVICE_PAGE}/waiting`, async () =>
    [...state.confirmations.values()]
      .filter((each) => each.status === 'pending')
      .map((each) => ({
        id: each.id,
        network: placeOf(each.network).network.name,
        person: userById(placeOf(each.network), each.userId)?.name,
        qrContent: each.qrContent,
      })),
  );

  app.register(async (door) => {
    answerFaults(door, state.generation);
    door.post(`${DEVICE_PAGE}/answer`, async (request, reply) => {
      const { id, approve } = answer.parse(request.body);
      const place = placeOf(state.confirmations.get(id)?.network ?? '');
      const confirmation = confirmationOf(place, id);
      const device = userById(place, confirmation.userId)?.devices.find((each) => each.active);
      const by = {
        deviceId: device?.id ?? '',
        hmac: hmacOf(device?.secret ?? '', confirmation.qrContent),
      };
      decide(place, confirmation, by, approve ? 'approved' : 'rejected');
      return reply.code(204).send();
    });
  });
}

/** Makes elements and sets text, so that what servers send is never markup. */
const script = `
const list = document.getElementById('waiting');
const answer = async (id, approve) => {
  await fetch('${DEVICE_PAGE}/answer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, approve }),
  });
  await draw();
};
const button = (text, id, approve) => {
  const made = document.createElement('button');
  made.textContent = text;
  made.addEventListener('click', () => answer(id, approve));
  return made;
};
let shown = null;
async function draw() {
  const text = await (await fetch('${DEVICE_PAGE}/waiting')).text();
  if (text === shown) return;
  shown = text;
  const rows = JSON.parse(text).map(({ id, network, person }) => {
    const row = document.createElement('p');
    row.className = 'card';
    row.append(person + ' signs in to ' + network + ' ', button('Approve', id, true), ' ', button('Reject', id, false));
    return row;
  });
  list.replaceChildren(...(rows.length > 0 ? rows : ['Nothing waits for an answer.']));
}
draw();
setInterval(draw, 1000);
`;
