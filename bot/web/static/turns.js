// The conversation: what can be done with each turn, and what a reader is told of it. The server
// leaves in each turn an element ".turn" whose title is a record (bot/web/chat/turns.py); what it asks
// for in return goes through the hidden box "#order".
import {equipBlocks} from './citing.js';
import {place as placeCollection} from './collection.js';
import {allow as allowCompleting, place as placeCompletions} from './completing.js';
import {place as placeEarlier} from './conversations.js';
import {all, asking, button, closing, copyOrShow, make, post, status} from './elements.js';
import {verdicts} from './feedback.js';
import {address, offer as offerOutlets, place as placeFilters, write as writeFilters} from './filters.js';
import {conversations, current, enter, remember, titleOf, toGoOn} from './remembering.js';

// --- asking

let orders = 0;
function order(what) {
  orders += 1;
  begun();
  // The button that was pressed may go with its turn. No keyboard springs up on a phone.
  if (matchMedia('(hover: hover)').matches)
    document.querySelector('#question textarea').focus({preventScroll: true});
  send(JSON.stringify({...what, n: orders}));
}
function send(text) {
  const box = document.querySelector('#order textarea, #order input');
  if (!box) return;
  writeFilters();
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
}
// Into the box, to be written over: from START to END.
function propose(question, start, end) {
  const box = document.querySelector('#question textarea');
  box.value = question;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  box.focus();
  requestAnimationFrame(() => box.setSelectionRange(start, end));
}

// --- a turn's parts and buttons

const outcomes = new WeakMap();  // what is told of each reply
const records = new WeakMap();
function equip() {
  for (const place of all('#chat .turn[title]')) {
    const turn = JSON.parse(place.title);
    place.removeAttribute('title');
    records.set(place, turn);
    outcomes.set(place, turn.answer ? `Answer ready: ${turn.message}` : 'There is no answer.');
    if (turn.suggestions) place.append(make('div', {className: 'offers'}, ...offers(turn.suggestions)));
    if (turn.choices) place.append(make('div', {className: 'offers'}, ...turn.choices.map(choice)));
    place.append(...tools(turn));
    const row = place.closest('.bot-row');
    if (turn.runs) equipBlocks(row, turn);
    all('.part', row).forEach((part, n) => {
      if (turn.parts && turn.parts[n]) equipPart(part, turn.parts[n]);
    });
  }
}
const choice = ({question, label, day}) => button(
  day ? `${label} · ${day}` : label, () => order({question}), {className: 'offer', title: question});
const offers = questions => questions.map(
  question => button(question, () => order({question}), {className: 'offer'}));
function equipPart(element, part) {
  const name = element.textContent;
  const change = button('', () => propose(part.question, ...part.place), {
    className: 'change', title: 'Edit this part'});
  change.append(...element.childNodes);
  element.append(change);
  if (!part.without) return;
  const remove = button('×', () => order({question: part.without, alone: true}), {
    className: 'remove', title: part.without});
  remove.setAttribute('aria-label', `Ask without “${name}”`);
  element.append(remove);
}

function tools(turn) {
  const said = status();
  const form = make('div', {className: 'form'});
  const acts = make('div', {className: 'acts'});
  const again = button('Ask again', () => order({question: turn.question, before: turn.turn}));
  const change = button('Edit', () => edit(turn, form));
  if (turn.answer) acts.append(
    button('Copy', () => copyOrShow(turn.text, 'Copied.', said, form)),
    button('Link', () => link(turn, said, form)),
    change,
    make('details', {className: 'more'}, make('summary', {textContent: 'More'}),
      make('div', {}, again, feed(turn), verdicts(turn, said, form))));
  else acts.append(change, again);
  acts.append(said);
  return [acts, form];
}

const feed = turn => make('a', {href: `feed?${new URLSearchParams({q: turn.question})}`, className: 'feed',
  textContent: 'Feed of new answers'});

async function link(turn, said, form) {
  said.textContent = 'Saving the answer …';
  try {
    const kept = await post('api/links', asking(turn));
    const query = new URLSearchParams({q: turn.question, a: kept.id});
    const where = new URL(`?${query}`, document.baseURI).href;
    await copyOrShow(where, 'Link copied. It shows this answer, or says what has changed.', said, form);
  } catch (error) { said.textContent = error.message; }
}
function edit(turn, form) {
  const close = closing(form);
  const box = make('textarea', {value: turn.question, rows: 2, maxLength: 1000});
  box.setAttribute('aria-label', 'The question');
  const ask = () => { if (box.value.trim()) order({question: box.value, before: turn.turn}); };
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); ask(); }
    if (event.key === 'Escape') close();
  });
  const later = document.querySelectorAll('#chat .user-row').length > place(form) + 1;
  const hint = later ? 'The questions after it will be removed.' : '';
  form.replaceChildren(box, button('Ask this instead', ask, {className: 'go'}),
    button('Cancel', close), make('span', {textContent: hint}));
  box.focus();
  box.select();
}
const place = form => all('#chat .bot-row').indexOf(form.closest('.bot-row'));

// --- what a reader sees and hears of an answer on its way

// A new question goes to the top, so that its answer is read from its first sentence. The reader's
// own scrolling ends that.
let asked = 0;
let following = null;
function follow() {
  const questions = document.querySelectorAll('#chat .user-row');
  if (questions.length > asked) following = questions[questions.length - 1];
  asked = questions.length;
  if (following && following.isConnected) following.scrollIntoView({block: 'start'});
}
for (const gesture of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
  document.addEventListener(gesture, () => { following = null; }, {capture: true, passive: true});

// Gradio labels each message with its source text, marks and all; the message speaks for itself.
function unlabel() {
  all('#chat [data-testid="bot"][aria-label], #chat [data-testid="user"][aria-label]')
    .forEach(message => message.removeAttribute('aria-label'));
}

// Gradio opens every link in another tab, our own pages too.
function stayInTab() {
  all('#title nav a[target]').forEach(link => link.removeAttribute('target'));
}

// Until the server says that it is at work, the page does: at once, and in words, which move where
// nothing else may.
const working = make('p', {id: 'working', textContent: 'Searching the articles'});
let unheard = 0;
function placeWorking() {
  if (!working.isConnected) document.querySelector('#status')?.before(working);
}
function begun() {
  clearTimeout(unheard);
  placeWorking();
  document.documentElement.classList.add('sent');
  unheard = setTimeout(heardOf, 20000);  // it never will
}
function heardOf() {
  clearTimeout(unheard);
  document.documentElement.classList.remove('sent');
}
const typed = () => document.querySelector('#question textarea')?.value.trim();
document.addEventListener('keydown', event => {
  const isSent = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
  if (isSent && event.target.closest('#question') && typed()) begun();
}, true);
document.addEventListener('click', event => {
  if (event.target.closest('#ask') && typed()) begun();
  if (event.target.closest('#anew, #stop')) heardOf();
}, true);

// The log is read out when it is whole, and not as it grows: one answer, not its fragments.
const heard = make('div', {className: 'heard'});
heard.setAttribute('role', 'status');
let busy = false;
function attend() {
  const log = document.querySelector('#chat [role="log"]');
  if (!log) return;
  if (!heard.isConnected) document.body.append(heard);
  placeWorking();
  const replies = all('#chat .bot-row .turn');
  const now = replies.length < document.querySelectorAll('#chat .user-row').length;
  if (now === busy) return;
  busy = now;
  log.setAttribute('aria-busy', String(busy));
  document.documentElement.classList.toggle('busy', busy);
  heardOf();
  if (!busy) settle(replies.map(place => records.get(place)));
  heard.textContent = busy ? 'Searching for an answer.' : outcomes.get(replies.pop()) || '';
}

// What has come is kept, and in the address what asks for it again: a question that stands alone.
function settle(turns) {
  remember(turns);
  const last = turns.at(-1);
  if (last && !last.history.length && last.question !== new URLSearchParams(location.search).get('q'))
    address({q: last.question, a: ''});
}

// --- the first questions

// Questions that the archive answers; until it is open, what is waited for.
let examples = [];
let state = '';
function tellState(message) {
  state = message;
  say();
}
// The server may answer before the page has a place for it: said again when it has.
function say() {
  const status = document.querySelector('#status [role="status"]');
  if (status && status.textContent !== state) status.textContent = state;
}
async function greet() {
  const slow = setTimeout(tellState, 400,
    'Opening the archive. You can ask now; the answer appears when the archive is open.');
  const there = await (await fetch('api/archive')).json();
  clearTimeout(slow);
  tellState(there.error || '');
  if (there.error) return;
  offerExamples();
  if (there.may_read) allowCompleting();
  offerOutlets(there.outlets.map(({name}) => name));
  holdings = told(there);
  tellHoldings();
}
// Each was tried, which may take a while after the archive has changed.
async function offerExamples() {
  examples = (await (await fetch('api/examples')).json()).examples || [];
  document.querySelectorAll('#chat .placeholder .offers').forEach(place => place.replaceChildren());
  offer();
}
// What is in the archive, in a line.
let holdings = '';
function told({articles, first, last, outlets}) {
  if (!articles) return '';
  const day = value => new Date(`${value}T00:00Z`).toLocaleDateString(
    'en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
  const names = outlets.slice(0, 3).map(({name}) => name);
  const more = outlets.length - names.length;
  const of = names.length ? ` of ${names.join(', ')}${more ? ` and ${more} more` : ''}` : '';
  const days = first ? `, ${first === last ? day(first) : `${day(first)} to ${day(last)}`}` : '';
  return `${articles.toLocaleString('en')} article${articles === 1 ? '' : 's'}${of}${days}.`;
}
function tellHoldings() {
  const line = document.querySelector('#chat .placeholder .holdings');
  if (line && line.textContent !== holdings) line.textContent = holdings;
}
function offer() {
  const place = document.querySelector('#chat .placeholder .offers');
  const [last] = conversations();
  if (!place || place.childElementCount || !(examples.length || last)) return;
  if (last) place.append(button(`Continue your last conversation: “${titleOf(last)}”`, () => goOn(last),
    {className: 'offer back'}));
  place.append(...offers(examples));
}

// --- this conversation, and earlier ones

function goOn(conversation) {
  enter(conversation.id);
  address({q: '', a: ''});
  order({turns: toGoOn(conversation)});
}
// The tab may have a conversation; the address a question, and the id of its kept answer.
function begin() {
  const given = new URLSearchParams(location.search);
  const [question, kept] = [given.get('q'), given.get('a')];
  const before = current();
  if (before && (!question || before.turns.some(turn => turn.question === question)))
    first({turns: toGoOn(before, question && kept)});
  else if (question) {
    enter('');
    first({question, kept});
  }
}
// Asked until the page listens; the same order again is none, and one to be the first comes to
// nothing when it is not.
async function first(what) {
  for (let tries = 0; tries < 100 && !document.querySelector('#chat .user-row'); tries += 1) {
    send(JSON.stringify({...what, first: true, n: -Math.floor(tries / 20)}));
    await new Promise(done => { setTimeout(done, 200); });
  }
}
document.addEventListener('click', event => {
  const anew = event.target.closest('#anew');
  if (!anew) return;
  enter('');
  address({q: '', a: ''});
}, true);

greet();
begin();
function look() { unlabel(); stayInTab(); follow(); equip(); attend(); offer(); say(); placeEarlier(goOn); placeFilters(); placeCompletions(); placeCollection(); tellHoldings(); }
new MutationObserver(look).observe(document, {subtree: true, childList: true});
look();  // an answer may be there before a script that comes late
