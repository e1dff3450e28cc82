// The conversation: what can be done with each turn, and what a reader is told of it. The server
// leaves in each turn an element ".turn" whose title is a record (bot/web/turns.py); what it asks
// for in return goes through the hidden box "#order".
'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }
  const button = (label, act, properties = {}) => {
    const made = make('button', {type: 'button', textContent: label, ...properties});
    made.addEventListener('click', act);
    return made;
  };

  // --- asking

  let orders = 0;
  function order(what) {
    orders += 1;
    send(JSON.stringify({...what, n: orders}));
  }
  function send(text) {
    const box = document.querySelector('#order textarea, #order input');
    if (!box) return;
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
  async function post(path, record) {
    const reply = await fetch(path, {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(record)});
    const said = await reply.json();
    if (!reply.ok) throw new Error(said.error);
    return said;
  }

  // --- a turn's parts and buttons

  const outcomes = new WeakMap();  // what is told of each reply
  function equip() {
    for (const place of all('#chat .turn[title]')) {
      const turn = JSON.parse(place.title);
      place.removeAttribute('title');
      outcomes.set(place, turn.answer ? `Answer ready: ${turn.message}` : 'There is no answer.');
      place.append(...tools(turn));
      const row = place.closest('.bot-row');
      if (turn.citations) equipSentences(row, turn);
      all('.part', row).forEach((part, n) => {
        if (turn.parts && turn.parts[n]) equipPart(part, turn.parts[n]);
      });
    }
  }
  function equipPart(element, part) {
    const name = element.textContent;
    const change = button('', () => propose(part.question, ...part.place), {
      className: 'change', title: 'Write over it'});
    change.append(...element.childNodes);
    element.append(change);
    if (!part.without) return;
    const remove = button('×', () => order({question: part.without, alone: true}), {
      className: 'remove', title: part.without});
    remove.setAttribute('aria-label', `Ask without “${name}”`);
    element.append(remove);
  }

  function tools(turn) {
    const said = make('span', {className: 'said'});
    said.setAttribute('role', 'status');
    const form = make('div', {className: 'form'});
    const asked = asking(turn);
    const acts = make('div', {className: 'acts'});
    if (turn.answer) acts.append(
      button('Copy', () => copy(turn.text).then(() => tell(said, 'Copied.'), () => show(form, turn.text))),
      button('Link', () => link(asked, said, form)));
    acts.append(
      button('Edit', () => edit(turn, form)),
      button('Ask again', () => order({question: turn.question, before: turn.turn})));
    if (turn.answer) acts.append(verdicts(turn, asked, said, form));
    acts.append(said);
    return [acts, form];
  }
  const asking = ({question, history}) => ({question, history});
  function tell(place, message) { place.textContent = message; }

  // Over plain http from another machine a page may not write to the clipboard by itself.
  async function copy(text) {
    if (navigator.clipboard) { await navigator.clipboard.writeText(text); return; }
    const box = make('textarea', {value: text, className: 'heard'});
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    if (!done) throw new Error('not copied');
  }
  // What could not be copied is there to be copied by hand.
  function show(form, text) {
    const box = make('textarea', {value: text, readOnly: true, rows: Math.min(8, text.split('\n').length)});
    box.setAttribute('aria-label', 'To copy');
    form.replaceChildren(box);
    box.focus();
    box.select();
  }
  async function link(asked, said, form) {
    tell(said, 'Keeping the answer …');
    let address = '';
    try {
      const kept = await post('api/links', asked);
      const query = new URLSearchParams({q: asked.question, a: kept.id});
      address = new URL(`?${query}`, document.baseURI).href;
      await copy(address);
      tell(said, 'Link copied: it shows this answer, or says what has changed.');
    } catch (error) {
      tell(said, address ? 'Copy the link from here:' : error.message);
      if (address) show(form, address);
    }
  }
  function edit(turn, form) {
    const box = make('textarea', {value: turn.question, rows: 2, maxLength: 1000});
    box.setAttribute('aria-label', 'The question');
    const ask = () => { if (box.value.trim()) order({question: box.value, before: turn.turn}); };
    box.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); ask(); }
      if (event.key === 'Escape') form.replaceChildren();
    });
    const later = document.querySelectorAll('#chat .user-row').length > place(form) + 1;
    const hint = later ? 'What was asked after it goes.' : '';
    form.replaceChildren(box, button('Ask this instead', ask, {className: 'go'}),
      button('Cancel', () => form.replaceChildren()), make('span', {textContent: hint}));
    box.focus();
    box.select();
  }
  const place = form => all('#chat .bot-row').indexOf(form.closest('.bot-row'));

  // --- citations to take away

  const FORMATS = [['text', 'Text'], ['markdown', 'Markdown'], ['html', 'HTML'],
    ['mediawiki', 'MediaWiki'], ['mediawiki-plain', 'MediaWiki, plain'], ['dokuwiki', 'DokuWiki']];
  function equipSentences(row, turn) {
    let kept = null;  // the answer's link goes with each citation; it is kept once
    const permalink = () => kept ??= post('api/links', asking(turn)).then(link => link.url, () => '');
    for (const sentence of all('ol > li', row)) {
      const numbers = all('a[href^="#cite-"]', sentence).map(a => Number(a.hash.split('-')[2]));
      const cited = turn.citations.filter(({number}) => numbers.includes(number));
      if (!cited.length) continue;
      const form = make('div', {className: 'form'});
      const open = button('Cite', () => {
        const shut = Boolean(form.childElementCount);
        form.replaceChildren(...shut ? [] : cited.flatMap(citation => choices(citation, permalink, form)));
        open.setAttribute('aria-expanded', String(!shut));
        if (!shut) form.querySelector('button').focus();
      }, {className: 'cite'});
      open.setAttribute('aria-expanded', 'false');
      open.setAttribute('aria-label', `Cite sentence ${numbers.join(', ')}`);
      sentence.append(' ', open, form);
    }
  }
  function choices(citation, permalink, form) {
    permalink();
    const said = make('span', {className: 'said'});
    said.setAttribute('role', 'status');
    const group = make('span', {className: 'formats'}, `[${citation.number}] as `,
      ...FORMATS.map(([format, label]) => button(label, async () => {
        try {
          const text = await cite(citation, format, await permalink());
          await copy(text).then(() => tell(said, `Copied as ${label}.`), () => showBelow(form, text));
        } catch (error) { tell(said, error.message); }
      })));
    if (citation.address) group.append(make('a', {
      href: citation.address, target: '_blank', rel: 'noopener noreferrer',
      textContent: 'At the publisher'}));
    group.append(said);
    return [group];
  }
  function showBelow(form, text) {
    const box = make('div', {});
    form.append(box);
    show(box, text);
  }
  async function cite({article, version, start, end, speaker}, format, permalink) {
    const query = new URLSearchParams({
      article, version, start, end, format, speaker: speaker || '', permalink});
    const reply = await fetch(`api/cite?${query}`);
    if (!reply.ok) throw new Error((await reply.json()).error);
    return reply.text();
  }

  // --- feedback

  const VERDICTS = [['right', 'Right'], ['wrong', 'Wrong'], ['wrong_speaker', 'Wrong speaker'],
    ['missing', 'Something is missing']];
  function verdicts(turn, asked, said, form) {
    const group = make('span', {className: 'verdicts'});
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', 'Is this answer right?');
    const refused = turn.status === 'refused';
    for (const [verdict, label] of refused ? VERDICTS.slice(0, 2) : VERDICTS) {
      const give = (number, comment) => judge(group, verdict, said, form,
        {...asked, answer: turn.answer, verdict, number, comment});
      const act = () => verdict === 'right' ? give(null, '') : explain(turn, label, form, give);
      const made = button(label, act);
      made.dataset.verdict = verdict;
      made.setAttribute('aria-pressed', 'false');
      group.append(made);
    }
    return group;
  }
  function explain(turn, label, form, give) {
    const which = make('select', {});
    which.setAttribute('aria-label', `${label}: what?`);
    which.append(make('option', {value: '', textContent: 'the whole answer'}));
    if (turn.status === 'answered' && !label.startsWith('Something')) which.append(
      ...turn.citations.map(({number}) => make('option', {value: number, textContent: `[${number}]`})));
    const comment = make('input', {type: 'text', maxLength: 2000, placeholder: 'Say more, if you like'});
    comment.setAttribute('aria-label', 'Say more, if you like');
    const give_ = () => give(Number(which.value) || null, comment.value);
    comment.addEventListener('keydown', event => {
      if (event.key === 'Enter') give_();
      if (event.key === 'Escape') form.replaceChildren();
    });
    const parts = which.length > 1 ? [which, comment] : [comment];
    form.replaceChildren(make('b', {textContent: `${label}:`}), ...parts,
      button('Send', give_, {className: 'go'}), button('Cancel', () => form.replaceChildren()));
    parts[0].focus();
  }
  async function judge(group, verdict, said, form, record) {
    try {
      await post('api/feedback', record);
      all('button', group).forEach(
        each => each.setAttribute('aria-pressed', String(each.dataset.verdict === verdict)));
      form.replaceChildren();
      tell(said, 'Thank you: kept for the newsroom.');
    } catch (error) {
      tell(said, error.message);
    }
  }

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

  // The log is read out when it is whole, and not as it grows: one answer, not its fragments.
  const heard = make('div', {className: 'heard'});
  heard.setAttribute('role', 'status');
  let busy = false;
  function attend() {
    const log = document.querySelector('#chat [role="log"]');
    if (!log) return;
    if (!heard.isConnected) document.body.append(heard);
    const replies = all('#chat .bot-row .turn');
    const now = replies.length < document.querySelectorAll('#chat .user-row').length;
    if (now === busy) return;
    busy = now;
    log.setAttribute('aria-busy', String(busy));
    document.documentElement.classList.toggle('busy', busy);
    heard.textContent = busy ? 'Looking for an answer.' : outcomes.get(replies.pop()) || '';
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
      'Opening the archive. You can ask already: the answer comes as soon as it is open.');
    const reply = await fetch('api/examples');
    clearTimeout(slow);
    const said = await reply.json();
    tellState(said.error || '');
    examples = said.examples || [];
    offer();
  }
  function offer() {
    const place = document.querySelector('#chat .placeholder .examples');
    if (!place || place.childElementCount || !examples.length) return;
    place.append(...examples.map(
      question => button(question, () => order({question}), {className: 'example'})));
  }

  // The address may hold a question, and the id of its kept answer. Asked until the page listens;
  // the same order again is none, and one to be the first comes to nothing when it is not.
  async function fromAddress() {
    const given = new URLSearchParams(location.search);
    const question = given.get('q');
    if (!question) return;
    for (let tries = 0; tries < 100 && !document.querySelector('#chat .user-row'); tries += 1) {
      send(JSON.stringify({question, kept: given.get('a'), first: true, n: -Math.floor(tries / 20)}));
      await new Promise(done => { setTimeout(done, 200); });
    }
  }
  document.addEventListener('click', event => {
    if (event.target.closest('#anew') && location.search)
      history.replaceState(null, '', location.pathname);
  }, true);

  greet();
  fromAddress();
  new MutationObserver(() => { unlabel(); follow(); equip(); attend(); offer(); say(); })
    .observe(document, {subtree: true, childList: true});
})();
