// What was asked outlives a reload and a closed tab: in this browser's storage alone. Only questions
// are kept, and the server answers them anew, so that nothing which is stored is ever shown as a page.
const KEY = 'verbatim-conversations';
const HERE = 'verbatim-conversation';  // which of them this tab is in
const MOST = 30;
const MOST_TURNS = 50;
const MOST_SENT = 18000;  // characters that the server takes of one order

// A browser may refuse to keep anything; what it has kept may be anything.
function read() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(found) ? found.map(known).filter(({turns}) => turns.length) : [];
  } catch { return []; }
}
function known(one) {
  const {id, name, turns} = Object(one);
  return {id: String(id), name: typeof name === 'string' ? name.slice(0, 200) : '',
    turns: (Array.isArray(turns) ? turns : []).filter(isTurn).slice(-MOST_TURNS).map(
      turn => ({question: turn.question, history: turn.history, ...filtersOf(turn)}))};
}
const isText = text => typeof text === 'string' && text.trim() && text.length <= 1000;
// Which articles were asked, as the server takes it.
function filtersOf({filters}) {
  const kept = Object.entries(Object(filters)).filter(([name, value]) =>
    ['from', 'to', 'outlet'].includes(name) && isText(value) && value.length <= 200);
  return kept.length ? {filters: Object.fromEntries(kept)} : {};
}
const isTurn = turn => isText(Object(turn).question) && Array.isArray(turn.history)
  && turn.history.length <= 20 && turn.history.every(isText);
function write(conversations) {
  for (let kept = conversations.slice(-MOST); ; kept = kept.slice(1)) {
    try { localStorage.setItem(KEY, JSON.stringify(kept)); return; } catch {
      if (!kept.length) return;  // there is no room at all
    }
  }
}
function here() {
  try { return sessionStorage.getItem(HERE) || ''; } catch { return ''; }
}
export function enter(id) {
  try { sessionStorage.setItem(HERE, id); } catch { /* then a reload begins anew */ }
}

export const conversations = () => read().reverse();  // the latest first
export const current = () => read().find(({id}) => id === here());
export const titleOf = ({name, turns}) => name || turns[0].question;

// The conversation as the page has it now; it becomes the latest.
export function remember(turns) {
  const asked = turns.filter(turn => turn.answer).slice(-MOST_TURNS)
    .map(turn => ({question: turn.question, history: turn.history, ...filtersOf(turn)}));
  if (!asked.length) return;
  if (!here()) enter(`${Date.now()}-${Math.random()}`);
  const before = current();
  write([...read().filter(({id}) => id !== here()),
    {id: here(), name: before ? before.name : '', turns: asked}]);
}
export function rename(id, name) {
  write(read().map(one => one.id === id ? {...one, name: name.trim().slice(0, 200)} : one));
}
export function forget(id) {
  write(read().filter(one => one.id !== id));
  if (id === here()) enter('');
}
export const restore = conversation => write([...read(), conversation]);

// As an order to the server; of one that is too long the newest turns.
export function toGoOn({turns}, kept = null) {
  for (let first = 0; ; first += 1) {
    const asked = turns.slice(first).map(({question, history, filters}, n) => {
      const before = n && turns[first + n - 1];
      const follows = before && JSON.stringify(history)
        === JSON.stringify([...before.history, before.question].slice(-20));
      return {question, ...follows ? {} : {history}, ...filters};
    });
    if (kept && !first) asked[0].kept = kept;
    if (JSON.stringify(asked).length <= MOST_SENT || asked.length === 1) return asked;
  }
}

// --- the keyboard: a slash goes to the box, arrows recall what was asked

const box = () => document.querySelector('#question textarea');
let back = 0;  // how many questions ago the recalled one was
function recall(by) {
  const asked = [...(current() || {turns: []}).turns].reverse().map(({question}) => question);
  const earlier = conversations().filter(({id}) => id !== here())
    .flatMap(({turns}) => [...turns].reverse().map(({question}) => question));
  const all = [...new Set([...asked, ...earlier])];
  if (!back || box().value !== all[back - 1]) back = 0;
  if (!back && box().value) return false;  // the arrows move in what is being written
  const next = Math.min(all.length, Math.max(0, back + by));
  if (next === back) return false;
  back = next;
  box().value = back ? all[back - 1] : '';
  box().dispatchEvent(new Event('input', {bubbles: true}));
  return true;
}
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && box()) {
    event.preventDefault();
    box().focus();
  } else if (event.target === box() && ['ArrowUp', 'ArrowDown'].includes(event.key)) {
    if (recall(event.key === 'ArrowUp' ? 1 : -1)) event.preventDefault();
  }
});
