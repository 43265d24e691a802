/** The script of the phone page. It makes elements and sets text, so that what servers send is never markup. */
export const phoneScript = `
const byId = (id) => document.getElementById(id);
const make = (tag, text, className) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
};
const say = (text) => { byId('result').textContent = text; };
const results = {
  waiting: 'Scanned. Answer it above.',
  'no-account': 'This device has no account there.',
  blocked: 'This device is blocked.',
  enrolled: 'Enrolled. The new device is in the list.',
};

async function send(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  if (!answer.ok) { say(text || 'That did not work (' + answer.status + ').'); return null; }
  return text ? JSON.parse(text) : {};
}

async function scan(payload) {
  const chosen = byId('device').value;
  const answer = await send('/phone/scan', { payload, accountId: chosen ? Number(chosen) : null });
  if (answer) say(results[answer.result]);
  await refresh();
}

function button(text, className, work) {
  const element = make('button', text, className);
  element.type = 'button';
  element.addEventListener('click', async () => { say(''); await work(); await refresh(); });
  return element;
}

function facts(info) {
  const list = make('dl');
  const add = (name, value) => {
    if (value === undefined || value === null || value === '') return;
    list.append(make('dt', name), make('dd', typeof value === 'string' ? value : JSON.stringify(value)));
  };
  add('Address', info.ip);
  add('Program', info.useragent);
  if (info.info && typeof info.info === 'object' && !Array.isArray(info.info)) {
    for (const [name, value] of Object.entries(info.info)) add(name, value);
  } else add('Information', info.info);
  return list;
}

function drawApproval(approval) {
  const row = make('li', '', 'ask');
  const what = approval.kind === 'push' ? 'Push' : 'Scanned code';
  row.append(make('strong', 'Sign in to ' + approval.server + '?'));
  row.append(make('p', what + ' on ' + approval.device, 'quiet text'));
  const { announceinfo, sessioninfo } = approval.context;
  row.append(facts({ ...announceinfo, ...sessioninfo }));
  const buttons = make('div', '', 'buttons');
  const path = '/phone/approvals/' + approval.id;
  const name = ' the sign-in to ' + approval.server + ' on ' + approval.device;
  const approve = button('Approve', 'main', () => send(path + '/approve'));
  approve.setAttribute('aria-label', 'Approve' + name);
  const refuse = button('Refuse', 'danger', () => send(path + '/refuse'));
  refuse.setAttribute('aria-label', 'Refuse' + name);
  buttons.append(approve, refuse);
  row.append(buttons);
  return row;
}

function drawTransaction(transaction) {
  const row = make('li', '', 'ask');
  row.append(make('strong', 'Confirm for ' + transaction.server + '?'));
  const list = make('dl');
  for (const [name, value] of [['Amount', transaction.amount], ['To', transaction.benificiary], ['For', transaction.description]]) {
    if (value) list.append(make('dt', name), make('dd', value));
  }
  const buttons = make('div', '', 'buttons');
  const path = '/phone/transactions/' + encodeURIComponent(transaction.tid);
  buttons.append(
    button('Approve', 'main', () => send(path + '/approve')),
    button('Decline', 'danger', () => send(path + '/decline')),
  );
  row.append(list, buttons);
  return row;
}

function drawScreen(screen) {
  const row = make('li');
  const time = new Date(screen.madeAt).toLocaleTimeString();
  row.append(make('span', screen.server + ', since ' + time, 'text'));
  const point = button('Scan this one', '', () => scan(screen.payload));
  point.setAttribute('aria-label', 'Scan the code of ' + screen.server + ' shown since ' + time);
  row.append(point);
  return row;
}

function drawEnrolment(enrolment) {
  const row = make('li');
  row.append(make('span', 'Enrol a phone of ' + enrolment.name + ' at ' + enrolment.server, 'text'));
  const point = button('Enrol with this one', '', () => scan(enrolment.payload));
  point.setAttribute('aria-label', 'Enrol a new phone of ' + enrolment.name + ' at ' + enrolment.server);
  row.append(point);
  return row;
}

function drawDevice(device) {
  const row = make('li');
  const text = make('span', '', 'text');
  text.append(make('strong', device.description), make('br'));
  const state = device.blocked ? 'blocked' : device.online ? 'on' : 'off';
  text.append(make('span', (device.userid || 'nobody') + ' at ' + device.server + ' · ' + state, 'quiet'));
  const flip = button(device.online ? 'Turn off' : 'Turn on', '', () =>
    send('/phone/devices/' + device.id, { online: !device.online }));
  flip.setAttribute('aria-label', (device.online ? 'Turn off ' : 'Turn on ') + device.description + ' at ' + device.server);
  row.append(text, flip);
  return row;
}

const drawn = {};
function fill(id, rows, draw, nothing) {
  const text = JSON.stringify(rows);
  // Redrawing what has not changed would take the keyboard focus away.
  if (drawn[id] === text) return;
  drawn[id] = text;
  byId(id).replaceChildren(...(rows.length > 0 ? rows.map(draw) : [make('li', nothing, 'quiet')]));
}

function fillChoice(devices) {
  const text = devices.map((device) => device.id + device.description).join();
  if (drawn.choice === text) return;
  drawn.choice = text;
  const chosen = byId('device').value;
  const options = devices.map((device) => {
    const option = make('option', device.description + ' (' + (device.userid || 'nobody') + ', ' + device.server + ')');
    option.value = String(device.id);
    return option;
  });
  const none = make('option', 'A phone without an account');
  none.value = '';
  byId('device').replaceChildren(...options, none);
  if (chosen) byId('device').value = chosen;
}

async function refresh() {
  const state = await (await fetch('/phone/state')).json();
  const asks = [
    ...state.approvals.map((each) => ({ draw: 'approval', ...each })),
    ...state.transactions.map((each) => ({ draw: 'transaction', ...each })),
  ];
  fill('approvals', asks, (each) => (each.draw === 'approval' ? drawApproval(each) : drawTransaction(each)), 'Nothing waits.');
  const codes = [
    ...state.enrolments.map((each) => ({ draw: 'enrolment', ...each })),
    ...state.screens.map((each) => ({ draw: 'screen', ...each })),
  ];
  fill('screens', codes, (each) => (each.draw === 'enrolment' ? drawEnrolment(each) : drawScreen(each)), 'No code is shown at the moment.');
  fill('devices', state.devices, drawDevice, 'No devices.');
  fillChoice(state.devices);
}

byId('scan').addEventListener('submit', async (event) => {
  event.preventDefault();
  const payload = byId('payload').value.trim();
  if (!payload) { say('Paste what the code says first.'); return; }
  await scan(payload);
  byId('payload').value = '';
});

let failing = false;
async function keepFresh() {
  try {
    await refresh();
    if (failing) say('');
    failing = false;
  } catch {
    failing = true;
    say('The practice server does not answer.');
  }
  setTimeout(keepFresh, 1000);
}
keepFresh();
`;
