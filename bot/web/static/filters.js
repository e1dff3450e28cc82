// Which articles are asked: from which day to which, of which outlet. Set beside the question box, and
// kept in the address; each shown as a chip that takes it away.
import {button, make} from './elements.js';

const NAMES = ['from', 'to', 'outlet'];
const from = make('input', {type: 'date', name: 'from'});
const to = make('input', {type: 'date', name: 'to'});
const outlet = make('select', {name: 'outlet'}, make('option', {value: '', textContent: 'Any'}));
const fields = {from, to, outlet};
const field = (label, control) => make('label', {textContent: label}, control);
const chips = make('span', {className: 'chips'});
const menu = make('details', {}, make('summary', {textContent: 'Dates and outlet'}),
  make('div', {className: 'fields'}, field('From', from), field('To', to), field('Outlet', outlet)));
const bar = make('div', {id: 'filters'}, menu, chips);
bar.setAttribute('role', 'group');
bar.setAttribute('aria-label', 'Filters');

const set = () => Object.fromEntries(
  NAMES.map(name => [name, fields[name].value]).filter(([, value]) => value));

// In the address; what is empty is left out.
export function address(changed) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changed)) {
    if (value) query.set(name, value); else query.delete(name);
  }
  history.replaceState(null, '', query.size ? `?${query}` : location.pathname);
}
// For the server, in the hidden box that goes with each question.
export function write() {
  const box = document.querySelector('#filtering textarea, #filtering input');
  const now = Object.keys(set()).length ? JSON.stringify(set()) : '';
  if (!box || box.value === now) return;
  box.value = now;
  box.dispatchEvent(new Event('input', {bubbles: true}));
}
const LABELS = {from: day => `From ${day}`, to: day => `To ${day}`, outlet: name => name};
function changed() {
  address({from: '', to: '', outlet: '', ...set()});
  write();
  draw();
}
function draw() {
  chips.replaceChildren(...Object.entries(set()).map(([name, value]) => {
    const label = LABELS[name](value);
    const remove = button('', () => { fields[name].value = ''; changed();
      menu.querySelector('summary').focus(); }, {className: 'chip'});
    remove.append(make('span', {textContent: label}), ' ×');
    remove.setAttribute('aria-label', `Remove the filter “${label}”`);
    return remove;
  }));
}
bar.addEventListener('change', changed);

const given = new URLSearchParams(location.search);
from.value = given.get('from') || '';
to.value = given.get('to') || '';
offer([given.get('outlet')].filter(Boolean));
outlet.value = given.get('outlet') || '';
draw();

// The outlets that there are to choose from.
export function offer(outlets) {
  const known = new Set([...outlet.options].map(({value}) => value));
  outlet.append(...outlets.filter(name => !known.has(name)).map(
    name => make('option', {value: name, textContent: name})));
}
export function place() {
  const asking = document.querySelector('#asking');
  if (asking && !bar.isConnected) asking.before(bar);
  if (bar.isConnected) write();
}
