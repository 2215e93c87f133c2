// Asks for the mails every second and shows the one that is open.
'use strict';
const list = document.getElementById('list');
const main = document.getElementById('mail');
let shown = null;
let known = '';

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function open(mail) {
  shown = mail.id;
  const facts = element('dl', {});
  for (const [name, value] of [['Subject', mail.subject], ['From', mail.headers.find(h => h[0].toLowerCase() === 'from')?.[1] ?? mail.from],
    ['To', mail.to.join(', ')], ['At', new Date(mail.at).toLocaleString()]]) {
    facts.append(element('dt', { textContent: name }), element('dd', { textContent: value }));
  }
  main.replaceChildren(facts);
  if (mail.text !== null) {
    const text = element('pre', { id: 'text' });
    for (const part of mail.text.split(/(https?:\/\/[^\s<>"]+)/)) {
      text.append(/^https?:/.test(part) ? element('a', { href: part, textContent: part, target: '_blank', rel: 'noreferrer' }) : part);
    }
    main.append(element('h2', { textContent: 'Text' }), text);
  }
  if (mail.html !== null) {
    const frame = element('iframe', { src: `/mailbox/${mail.id}/html`, title: 'HTML part' });
    frame.setAttribute('sandbox', 'allow-popups allow-top-navigation-by-user-activation');
    main.append(element('h2', { textContent: 'HTML' }), frame);
  }
  const raw = element('details', {}, element('summary', { textContent: 'As it came' }), element('pre', { textContent: mail.raw }));
  main.append(raw);
  mark();
}

function mark() {
  for (const button of list.querySelectorAll('button')) {
    if (button.dataset.id === String(shown)) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
}

async function refresh() {
  try {
    const mails = await (await fetch('/mailbox.json')).json();
    const now = mails.map(mail => mail.id).join();
    if (now !== known) {
      known = now;
      list.replaceChildren(...mails.reverse().map(mail => {
        const button = element('button', { type: 'button' }, element('strong', { textContent: mail.subject || '(no subject)' }),
          element('span', { textContent: mail.to.join(', ') }), element('span', { textContent: new Date(mail.at).toLocaleTimeString() }));
        button.dataset.id = mail.id;
        button.onclick = () => open(mail);
        return element('li', {}, button);
      }));
      if (!mails.length) list.replaceChildren(element('li', { className: 'empty', textContent: 'No mail yet.' }));
      if (shown === null && mails.length) open(mails[0]);
      mark();
    }
  } catch { /* the demo was stopped */ }
  setTimeout(refresh, 1000);
}

document.getElementById('clear').onclick = () => fetch('/mailbox/clear', { method: 'POST' });
refresh();
