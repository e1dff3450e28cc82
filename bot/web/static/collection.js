// A collection to take away: sentences picked from several answers. The browser keeps their places,
// no words; the server reads these from its archive.
import {button, make, status} from './elements.js';

const KEY = 'verbatim-collection';
const MOST = 200;
const FORMATS = [['markdown', 'Markdown', 'md'], ['csv', 'CSV', 'csv'], ['docx', 'Word', 'docx']];

const isPlace = one => typeof Object(one).article === 'string' && Number.isInteger(one.start)
  && Number.isInteger(one.end) && Array.isArray(one.speaker);
// What an earlier page kept beside it would be refused by the server.
const placeOf = ({article, version, start, end, speaker}) => ({article, version, start, end, speaker});
let picked = read();
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter(isPlace).map(placeOf).slice(0, MOST) : [];
  } catch { return []; }
}
const keyOf = ({article, start, end}) => JSON.stringify([article, start, end]);

function change(now) {
  picked = now.slice(0, MOST);
  try { localStorage.setItem(KEY, JSON.stringify(picked)); } catch { /* kept until the page goes */ }
  draw();
}

// The button of a sentence: pressed, if it is in the collection.
const buttons = new Map();
export function picker({article, version, start, end, speakers, mark}) {
  const one = {article, version, start, end, speaker: [...new Set(speakers)]};
  const made = button('Collect', () => change(
    has(one) ? picked.filter(each => keyOf(each) !== keyOf(one)) : [...picked, one]), {className: 'cite'});
  made.setAttribute('aria-label', `Collect ${mark}`);
  buttons.set(made, one);
  press(made, one);
  return made;
}
const has = one => picked.some(each => keyOf(each) === keyOf(one));
const press = (made, one) => made.setAttribute('aria-pressed', String(has(one)));

// --- what is taken away

const said = status();
const summary = make('summary', {});
const panel = make('div', {className: 'panel'},
  make('p', {textContent: 'Save with speakers, sources, dates and addresses as'}),
  make('div', {className: 'row'}, ...FORMATS.map(([format, label, suffix]) =>
    button(label, () => take(format, suffix), {className: 'go'})),
  button('Empty', () => { change([]); menu.open = false; })), said);
const menu = make('details', {id: 'collection', className: 'menu', hidden: true}, summary, panel);

async function take(format, suffix) {
  said.textContent = '';
  const reply = await fetch('api/collection', {method: 'POST',
    headers: {'Content-Type': 'application/json'}, body: JSON.stringify({format, items: picked})});
  if (!reply.ok) { said.textContent = (await reply.json()).error; return; }
  const address = URL.createObjectURL(await reply.blob());
  make('a', {href: address, download: `verbatim.${suffix}`}).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  const left = Number(reply.headers.get('X-Left-Out'));
  said.textContent = left ? `Saved without ${left}: their articles have changed or are gone.` : 'Saved.';
}
function draw() {
  for (const [made, one] of buttons) if (made.isConnected) press(made, one); else buttons.delete(made);
  summary.textContent = `Collected: ${picked.length}`;
  menu.hidden = !picked.length;
}
menu.addEventListener('keydown', event => {
  if (event.key === 'Escape') { menu.open = false; summary.focus(); }
});
document.addEventListener('click', event => {
  if (menu.open && !event.composedPath().includes(menu)) menu.open = false;
});
export function place() {
  const anew = document.querySelector('#anew');
  if (anew && !menu.isConnected) { anew.before(menu); draw(); }
}
