// People and topics are completed while a question is typed, from the archive's own directory. The box
// stays a box; the list above it is led through by the arrows, Enter or Tab takes, Escape shuts.
import {make} from './elements.js';

const WAIT_MS = 120;
const MOST_SENT = 80;  // characters: the end of what is typed
const list = make('ul', {id: 'completions', hidden: true});
list.setAttribute('role', 'listbox');
list.setAttribute('aria-label', 'Completions');
const told = make('span', {className: 'heard'});
told.setAttribute('role', 'status');

let allowed = false;
export function allow() { allowed = true; }

const box = () => document.querySelector('#question textarea');
let found = [];      // {text, kind, start}: from where in the box it would stand
let active = -1;
let waiting = 0;
let asked = null;    // gives up the request before

export function place() {
  const home = document.querySelector('#question');
  if (!home || list.isConnected) return;
  home.append(list, told);
  const set = (name, value) => box().setAttribute(name, value);
  set('aria-autocomplete', 'list');
  set('aria-haspopup', 'listbox');
  set('aria-controls', list.id);
  set('autocomplete', 'off');
}

function shut() {
  clearTimeout(waiting);
  asked?.abort();
  found = [];
  show();
}
function show() {
  active = -1;
  list.replaceChildren(...found.map(({text, kind}, n) => {
    const option = make('li', {id: `completion-${n}`}, make('span', {textContent: text}),
      make('small', {textContent: kind}));
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    return option;
  }));
  list.hidden = !found.length;
  mark();
  told.textContent = found.length ? `${found.length} completions: the down arrow leads to them.` : '';
}
function mark() {
  [...list.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === active)));
  if (active < 0) { box()?.removeAttribute('aria-activedescendant'); return; }
  box().setAttribute('aria-activedescendant', `completion-${active}`);
  list.children[active].scrollIntoView({block: 'nearest'});
}
function take(n) {
  const {text, start} = found[n];
  box().value = `${box().value.slice(0, start)}${text} `;
  shut();
  box().dispatchEvent(new Event('input', {bubbles: true}));
  box().focus();
}

async function look() {
  const typed = box().value;
  if (box().selectionEnd !== typed.length) { shut(); return; }
  const from = Math.max(0, typed.length - MOST_SENT);
  asked?.abort();
  asked = new AbortController();
  try {
    const query = new URLSearchParams({q: typed.slice(from)});
    const reply = await fetch(`api/complete?${query}`, {signal: asked.signal});
    if (!reply.ok) return;
    const said = await reply.json();
    if (box().value !== typed || document.activeElement !== box()) return;
    found = said.completions.map(one => ({...one, start: from + one.start}))
      .filter(({text, start}) => typed.slice(start).toLowerCase() !== text.toLowerCase());
    show();
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}
document.addEventListener('input', event => {
  if (event.target !== box() || !allowed) return;
  clearTimeout(waiting);
  if (!/[\p{L}\p{N}]{2}$/u.test(box().value)) { shut(); return; }
  if (event.isTrusted) waiting = setTimeout(look, WAIT_MS);
});
// Before anybody else hears of the key: Enter takes a completion, and sends nothing.
document.addEventListener('keydown', event => {
  if (event.target !== box() || event.isComposing) return;
  if (!found.length) { if (event.key === 'Enter') shut(); return; }
  const moves = {ArrowDown: 1, ArrowUp: -1};
  if (event.key in moves) {
    const n = found.length + 1;  // one place more: the box itself
    active = (active + 1 + moves[event.key] + n) % n - 1;
    mark();
  } else if (event.key === 'Escape') shut();
  else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0) take(active);
  else { if (event.key === 'Enter' || event.key === 'Tab') shut(); return; }
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
list.addEventListener('mousedown', event => {
  event.preventDefault();  // the box keeps the focus
  const option = event.target.closest('li');
  if (option) take([...list.children].indexOf(option));
});
document.addEventListener('focusout', event => { if (event.target === box()) shut(); });
