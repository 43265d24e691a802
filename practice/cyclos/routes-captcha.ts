import type { FastifyInstance } from 'fastify';
import { CAPTCHA_LENGTH, captchaImage } from './captcha-image.ts';
import { notFound } from './faults.ts';
import { type Query, wholeNumber } from './query.ts';
import type { Place } from './state.ts';

const MAX_SIDE = 1000;

/** Pictures of digits that a guest has to read before a password is sent. */
export function addCaptchaRoutes(api: FastifyInstance, { state }: Place): void {
  api.post('/captcha', { config: { operation: 'newCaptcha' } }, async (request, reply) => {
    const id = state.ids.nextToken('cyclos captcha', 20);
    state.captchas.set(id, state.ids.nextPin(CAPTCHA_LENGTH));
    const location = `${request.protocol}://${request.host}${api.prefix}/captcha/${id}`;
    return reply.code(201).header('location', location).type('text/plain; charset=utf-8').send(id);
  });

  api.get<{ Params: { id: string } }>(
    '/captcha/:id',
    { config: { operation: 'getCaptchaContent' } },
    async (request, reply) => {
      const text = state.captchas.get(request.params.id);
      if (!text) throw notFound('Captcha', request.params.id);
      const side = (name: string, absent: number) =>
        Math.min(Math.max(wholeNumber(request.query as Query, name, absent), 30), MAX_SIDE);
      return reply.type('image/png').send(captchaImage(text, side('width', 200), side('height', 60)));
    },
  );
}
