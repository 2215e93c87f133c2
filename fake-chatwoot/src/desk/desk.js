// Asks for the state every second, shows it, and posts what the agent does.
'use strict';
const $ = id => document.getElementById(id);
let open = null;
let seenList = '';
let seenThread = '';
let typing = false;
let idle;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function post(path, body) {
  await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  await refresh();
}

const agent = () => Number($('agent').value);
const time = at => new Date(at).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });

function fill(select, pairs, chosen) {
  const wanted = JSON.stringify(pairs);
  if (select.dataset.pairs !== wanted) {
    select.dataset.pairs = wanted;
    select.replaceChildren(...pairs.map(([value, text]) => element('option', { value, textContent: text })));
  }
  if (chosen !== undefined && document.activeElement !== select) select.value = chosen;
}

function showList(conversations) {
  const now = JSON.stringify([conversations, open]);
  if (now === seenList) return;
  seenList = now;
  $('list').replaceChildren(...conversations.map(row => {
    const meta = element('span', { className: 'meta' }, [row.typing && 'typing…', `#${row.id}`, row.status, row.inbox, time(row.at)].filter(Boolean).join(' · '));
    if (row.unread) meta.append(' ', element('b', { textContent: `${row.unread} new` }));
    const button = element('button', { type: 'button' },
      element('span', { textContent: row.subject || '(no subject)', dir: 'auto' }),
      element('span', { textContent: row.last ?? '', dir: 'auto', className: 'meta' }),
      element('span', { textContent: row.contact ?? '', className: 'meta' }), meta);
    if (row.id === open) button.setAttribute('aria-current', 'true');
    button.onclick = () => { open = row.id; location.hash = open; refresh(); };
    return element('li', {}, button);
  }));
}

function showThread(row) {
  $('none').hidden = row !== null;
  $('open').hidden = row === null;
  const now = JSON.stringify(row);
  if (row === null || now === seenThread) return;
  const other = JSON.parse(seenThread || 'null')?.id !== row.id;
  seenThread = now;
  $('subject').textContent = row.subject || '(no subject)';
  $('typing').textContent = row.typing ? `${row.contact ?? 'The customer'} is typing…` : '';
  $('who').textContent = [`#${row.id}`, row.contact, row.email, row.status, ...row.labels].filter(Boolean).join(' · ');
  for (const button of $('statuses').querySelectorAll('button')) button.hidden = button.dataset.status === row.status;
  const atEnd = $('thread').scrollHeight - $('thread').scrollTop - $('thread').clientHeight < 80;
  $('thread').replaceChildren(...row.messages.map(message => {
    const by = element('div', { className: 'by' }, message.sender ?? message.kind, element('time', { textContent: time(message.at) }));
    if (message.private) by.append(element('b', { textContent: 'private note' }));
    if (message.kind === 'outgoing' && !message.private) by.append(element('span', { className: 'status', textContent: { sent: '✓ sent', read: '✓✓ read' }[message.status] ?? message.status }));
    if (['outgoing', 'incoming'].includes(message.kind) && !message.deleted) {
      by.append(element('button', { type: 'button', textContent: 'Delete', onclick: () => post(`/desk/conversations/${row.id}/delete`, { message: message.id }) }));
    }
    const line = element('li', { className: message.private ? `${message.kind} note` : message.kind }, by);
    if (message.text !== null) line.append(element('div', { className: 'text', textContent: message.text, dir: 'auto' }));
    for (const file of message.files) line.append(element('div', {}, element('a', { href: file.url, textContent: file.name })));
    return line;
  }));
  if (other || atEnd) $('thread').scrollTop = $('thread').scrollHeight;
}

async function refresh() {
  try {
    const state = await (await fetch('/desk/state.json')).json();
    fill($('agent'), state.agents.map(each => [each.id, each.name]));
    fill($('weather'), state.weathers.map(word => [word, word]), state.weather);
    $('clock').hidden = !state.clock_moves;
    $('mailbox').hidden = !state.mailbox;
    $('now').textContent = time(state.now);
    showList(state.conversations);
    const answer = open === null ? null : await fetch(`/desk/conversations/${open}`);
    showThread(answer?.ok ? await answer.json() : null);
  } catch { /* the demo was stopped */ }
}

function type(on, private_) {
  if (open === null || on === typing) return;
  typing = on;
  fetch(`/desk/conversations/${open}/typing`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ agent: agent(), on, private: private_ }) });
}

$('form').onsubmit = event => {
  event.preventDefault();
  const text = $('text').value;
  $('text').value = '';
  type(false, $('private').checked);
  post(`/desk/conversations/${open}/messages`, { agent: agent(), text, private: $('private').checked });
};
// As Chatwoot's own page: told once when it begins, and again when the hand has rested for four seconds.
$('text').oninput = () => {
  type($('text').value !== '', $('private').checked);
  clearTimeout(idle);
  idle = setTimeout(() => type(false, $('private').checked), 4000);
};
for (const button of $('statuses').querySelectorAll('button')) {
  button.onclick = () => post(`/desk/conversations/${open}/status`, { agent: agent(), status: button.dataset.status });
}
for (const button of $('clock').querySelectorAll('button')) {
  button.onclick = () => post('/desk/clock', { minutes: Number(button.dataset.minutes) });
}
$('weather').onchange = () => post('/desk/weather', { weather: $('weather').value });
open = Number(location.hash.slice(1)) || null;
(async function forever() { await refresh(); setTimeout(forever, 1000); })();
