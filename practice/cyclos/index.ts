import type { FastifyInstance, FastifyRequest } from 'fastify';
import { openPracticeServer } from '../common/server.ts';
import type { PracticePerson, PracticeServer } from '../common/types.ts';
import { addConsolePage } from './console-page.ts';
import { addDevicePage } from './device-page.ts';
import { answerFaults, unauthorized } from './faults.ts';
import { chosenFields } from './fields.ts';
import { openPush } from './push.ts';
import { listIn, type Query } from './query.ts';
import { addAgreementRoutes } from './routes-agreements.ts';
import { addAuthRoutes } from './routes-auth.ts';
import { addCaptchaRoutes } from './routes-captcha.ts';
import { addClientRoutes } from './routes-clients.ts';
import { addConfirmationRoutes } from './routes-confirmations.ts';
import { addCredentialRoutes } from './routes-credentials.ts';
import { addDeskRoutes } from './routes-desk.ts';
import { addIdentityRoutes, addProviderPage } from './routes-identity.ts';
import { addPasswordRoutes } from './routes-passwords.ts';
import { addRecoveryRoutes } from './routes-recovery.ts';
import { addSecondFactorRoutes } from './routes-second-factor.ts';
import { addSessionRoutes } from './routes-sessions.ts';
import { addUserRoutes } from './routes-users.ts';
import { seedAlerts, seedMembers, seedSessions } from './seed-members.ts';
import { seedNetworks } from './seed-networks.ts';
import { type SeededPerson, seedPeople } from './seed-people.ts';
import { DEVICE_PAGE } from './seed-second-factors.ts';
import type { CyclosOptions, CyclosState, Place } from './state.ts';

export type { CyclosOptions } from './state.ts';

const SESSION_SECONDS = 1800;
const MEMBERS = 300;

const parts = [
  addAuthRoutes,
  addSecondFactorRoutes,
  addRecoveryRoutes,
  addCaptchaRoutes,
  addSessionRoutes,
  addUserRoutes,
  addPasswordRoutes,
  addCredentialRoutes,
  addClientRoutes,
  addConfirmationRoutes,
  addIdentityRoutes,
  addAgreementRoutes,
  addDeskRoutes,
];

/** Starts a practice Cyclos on 127.0.0.1: the root and the networks left-coast and harbour. */
export async function startCyclos(options: CyclosOptions): Promise<PracticeServer> {
  const state: CyclosState = {
    generation: options.generation ?? '4.16',
    clock: options.clock,
    ids: options.ids,
    inbox: options.inbox,
    interval: (options.sessionSeconds ?? SESSION_SECONDS) * 1000,
    networks: seedNetworks(options.ids),
    clients: [],
    sessions: new Map(),
    recoveries: [],
    alerts: [],
    captchas: new Map(),
    confirmations: new Map(),
    identityRequests: new Map(),
    push: openPush(options.clock),
  };
  const seeded = seed(state, options.members ?? MEMBERS);
  const server = await openPracticeServer(options, {
    vendor: 'cyclos',
    basePath: '',
    routes: (app) => addNetworks(app, state),
    people: (origin) => seeded.map((person) => practicePerson(origin, state, person)),
    sessions: () => sessionRows(state),
  });
  return {
    ...server,
    url: `${server.origin}/left-coast/api`,
    ...(state.generation === '4.16' ? { devicesUrl: `${server.origin}${DEVICE_PAGE}` } : {}),
  };
}

function seed(state: CyclosState, members: number): SeededPerson[] {
  const people = seedPeople(state);
  const [, leftCoast, harbour] = state.networks;
  const broker = people.find((person) => person.user.role === 'broker')?.user ?? null;
  seedMembers(state, leftCoast!, members, broker);
  seedMembers(state, harbour!, Math.ceil(members / 3), null);
  seedSessions(state, leftCoast!);
  seedAlerts(state, leftCoast!);
  return people;
}

async function addNetworks(app: FastifyInstance, state: CyclosState): Promise<void> {
  const places = state.networks.map((network): Place => ({ state, network }));
  for (const place of places) {
    const { network } = place;
    addConsolePage(app, place);
    await app.register(
      async (api) => {
        answerFaults(api, state.generation);
        // What a generation does not have yet is a plain 404.
        api.setNotFoundHandler((_request, reply) => reply.code(404).send());
        chooseFields(api, place);
        for (const add of parts) add(api, place);
      },
      { prefix: network.path ? `/${network.path}/api` : '/api' },
    );
  }
  answerFaults(app, state.generation);
  addDevicePage(app, state, places);
  addProviderPage(app, places);
  // For tests and for people who can't read the picture: which captchas are open.
  app.get('/__practice/captchas', async () => Object.fromEntries(state.captchas));
  app.setNotFoundHandler((request, reply) => {
    if (!/^\/[^/]+\/api(\/|$)/.test(request.url)) return reply.code(404).send();
    const fault = unauthorized('invalidNetwork');
    return reply.code(fault.status).send(fault.body);
  });
}

/** Every answer is cut to what the `fields` parameter names; what it may not name is refused before the work is done. */
function chooseFields(api: FastifyInstance, place: Place): void {
  const fieldsOf = (request: FastifyRequest) => listIn(place, request.query as Query, 'fields');
  api.addHook('onRequest', async (request) => {
    chosenFields({}, fieldsOf(request));
  });
  api.addHook('preSerialization', async (request, reply, payload) =>
    reply.statusCode === 200 ? chosenFields(payload, fieldsOf(request)) : payload,
  );
}

function practicePerson(origin: string, state: CyclosState, person: SeededPerson): PracticePerson {
  const network = state.networks.find((each) => each.path === person.network)!;
  const baseUrl = `${origin}${network.path ? `/${network.path}` : ''}/api`;
  const principal = person.principalType === 'email' ? person.user.email : person.user.username;
  const realm = { id: network.internalName, name: network.name };
  const { clientToken, authenticatorSecret } = person;
  const values: Record<string, string> = clientToken
    ? { baseUrl, way: 'access-client', accessClientToken: clientToken }
    : {
        baseUrl,
        way: 'password',
        principalType: person.principalType,
        principal,
        password: person.password,
        ...(authenticatorSecret ? { authenticatorSecret } : {}),
      };
  return {
    label: `${network.name}: ${person.label}`,
    identity: principal,
    ...(clientToken ? { apiKey: clientToken } : { password: person.password }),
    ...(authenticatorSecret ? { totpSecret: authenticatorSecret } : {}),
    realm,
    note: person.note.replace(DEVICE_PAGE, `${origin}${DEVICE_PAGE}`),
    account: { values, realm },
  };
}

/** The sessions that clients opened here; the seeded ones of other people are left out. */
function sessionRows(state: CyclosState) {
  const now = state.clock.now();
  return [...state.sessions.values()]
    .filter((session) => !session.seeded && session.expiresAt > now)
    .map((session) => {
      const person = state.networks
        .flatMap((network) => network.users)
        .find((user) => user.id === session.userId);
      return {
        id: session.token,
        person: person?.username ?? session.userId,
        realm: session.network,
        state: session.secondPending ? ('pending' as const) : ('active' as const),
        userAgent: session.userAgent,
        createdAt: session.createdAt,
        expiresAt: session.expiresAt,
      };
    });
}
