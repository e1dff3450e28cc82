// Adds articles, one request a file, and removes them; the list itself comes from the server.
'use strict';
(() => {
  const find = selector => document.querySelector(selector);
  const add = find('#add');
  const failures = find('#failures');
  const KEY = 'verbatim-token';
  const ADDED = ['added', 'replaced', 'unchanged'];

  // --- the token: from the address, which forgets it at once, or from its field

  const token = find('#token-form');

  function takeToken() {
    const given = new URLSearchParams(location.hash.slice(1)).get('token');
    if (!given) return;
    history.replaceState(null, '', location.pathname + location.search);
    keepToken(given);
  }
  function keepToken(given) {
    sessionStorage.setItem(KEY, given);
    token.hidden = true;
    reveal();
  }
  function askForToken(reason) {
    sessionStorage.removeItem(KEY);
    token.hidden = false;
    find('#token-why').textContent = `${reason} Enter the write token, and it goes on.`;
    token.elements.token.focus();
    return new Promise(done => { token.addEventListener('submit', done, {once: true}); });
  }
  token.addEventListener('submit', event => {
    event.preventDefault();
    keepToken(token.elements.token.value.trim());
    find('#token-why').textContent = '';
    token.reset();
  });
  window.addEventListener('hashchange', takeToken);

  // --- requests

  const pause = seconds => new Promise(done => { setTimeout(done, 1000 * seconds); });

  // The reply's JSON; throws what is wrong in a line. Waits for a token, or for its turn.
  async function send(path, options) {
    for (;;) {
      const key = sessionStorage.getItem(KEY);
      const headers = {...options.headers, ...(key && {Authorization: `Bearer ${key}`})};
      const reply = await fetch(path, {...options, headers}).catch(() => null);
      if (!reply) throw new Error('The server cannot be reached.');
      const said = await reply.json().catch(() => ({}));
      if (reply.ok) return said;
      const reason = said.error || `The server answered ${reply.status}.`;
      if (reply.status === 401 || reply.status === 403) await askForToken(reason);
      else if (reply.status === 429) await pause(Number(reply.headers.get('Retry-After')) || 5);
      else throw new Error(reason);
    }
  }
  const post = body => ({
    method: 'POST',
    body: body instanceof FormData ? body : JSON.stringify(body),
    headers: body instanceof FormData ? {} : {'Content-Type': 'application/json'},
  });

  // --- adding

  const queue = [];  // {name, body}: one request each
  let total = 0;
  let finished = 0;
  let running = false;
  let counts = {};
  let started = 0;
  const LISTED = 1000;  // of the files that were sent, so many get a line
  const LINKED = 20;  // of the articles that are added, so many get a link

  function enqueue(jobs) {
    queue.push(...jobs);
    total += jobs.length;
    if (!running) run();
    else progress();
  }

  async function run() {
    running = true;
    finished = 0;
    counts = {};
    started = Date.now();
    find('#each').hidden = true;
    find('#each ul').replaceChildren();
    failures.replaceChildren();
    find('#replaced').replaceChildren();
    find('#added').replaceChildren();
    while (queue.length) {
      const job = queue.shift();
      progress(job.name);
      await once(job);
      finished += 1;
    }
    running = false;
    total = 0;
    find('#work').hidden = true;
    find('#done').textContent = summary();
    await refresh();
  }

  async function once({name, body}) {
    if (body instanceof Error) { fail(name, body.message); tellOf(name, {}); return; }
    try {
      const said = await send('api/articles', post(body));
      tellOf(name, said);
      for (const what of ADDED) {
        counts[what] = (counts[what] || 0) + (said[what] || []).length;
        for (const article of said[what] || []) linkTo(article);
      }
      for (const {title, before} of said.replaced || []) {
        if (before) list('#replaced', `“${title}” replaced ${before}`);
      }
      for (const problem of said.problems || []) fail(problem.name || name, problem.problem);
    } catch (error) {
      fail(name, error.message);
      tellOf(name, {});
    }
  }

  // A line for each file, where there are several.
  function tellOf(name, said) {
    const became = ADDED.filter(what => said[what]?.length).map(what => `${said[what].length} ${what}`);
    if (said.problems?.length) became.push(`${said.problems.length} left out`);
    find('#each').hidden = total < 2;
    if (find('#each ul').childElementCount < LISTED) {
      list('#each ul', `${name}: ${became.join(', ') || 'not added'}`);
    }
  }

  // Wherever it comes in the list: one without a date comes last.
  function linkTo({id, title}) {
    if (find('#added').childElementCount === LINKED) return;
    const link = document.createElement('a');
    const theme = new URLSearchParams(location.search).get('__theme');
    link.href = `article?${new URLSearchParams({id, ...(theme && {__theme: theme})})}`;
    link.textContent = title;
    list('#added', link);
  }
  function fail(name, problem) {
    list('#failures', problem.startsWith(name) ? problem : `${name}: ${problem}`);
  }
  function list(where, words) {
    const line = document.createElement('li');
    line.append(words);
    find(where).append(line);
  }

  function progress(name) {
    find('#work').hidden = false;
    find('#done').textContent = '';
    const bar = find('#work progress');
    bar.max = total;
    bar.value = finished;
    if (name) find('#doing').textContent = `${finished + 1} of ${total}: ${name}${timeLeft()}`;
  }

  // Said once some are done, and only where it is worth waiting for.
  function timeLeft() {
    const seconds = (Date.now() - started) / 1000 / finished * (total - finished);
    if (finished < 3 || seconds < 10) return '';
    return seconds < 90 ? ` · about ${Math.round(seconds / 10) * 10} s left`
      : ` · about ${Math.round(seconds / 60)} min left`;
  }

  function summary() {
    const parts = ADDED.filter(what => counts[what]).map(what => `${counts[what]} ${what}`);
    if (failures.childElementCount) parts.push(`${failures.childElementCount} not added`);
    return parts.length ? `Done: ${parts.join(', ')}.` : 'Nothing was added.';
  }

  find('#stop').addEventListener('click', () => {
    total -= queue.length;
    queue.length = 0;
  });

  async function addFiles(files) {
    const max = Number(add.dataset.max);
    const requests = await Promise.all([...files].map(async file => {
      if (/\.(jsonl|ndjson)$/i.test(file.name) && file.size <= SPLIT_UP_TO) return parts(file);
      return [file];
    }));
    enqueue(requests.flat().map(file => {
      if (file.size > max) {
        const limit = Math.floor(max / 2 ** 20);
        return {name: file.name, body: new Error(`larger than ${limit} MiB: split it.`)};
      }
      const body = new FormData();
      body.append('files', file);
      return {name: file.name, body};
    }));
  }

  // A request may hold so many articles. Cut between lines and never read as text, for that could
  // alter it; empty lines in front keep the numbers of the lines true.
  const LINES = 100;
  const SPLIT_UP_TO = 2 ** 28;
  async function parts(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const found = [];
    let start = 0;
    let lines = 0;
    for (let end = bytes.indexOf(10) + 1; end; end = bytes.indexOf(10, end) + 1) {
      lines += 1;
      if (lines % LINES === 0 && end < bytes.length) {
        found.push([start, end]);
        start = end;
      }
    }
    found.push([start, bytes.length]);
    return found.map(([from, to], n) =>
      new File(['\n'.repeat(n * LINES), file.slice(from, to)], file.name));
  }
  find('#files').addEventListener('change', event => {
    addFiles(event.target.files);
    event.target.value = '';  // the same file may be chosen again
  });

  let depth = 0;  // how many elements a drag is over: it leaves each of them
  const isDrag = event => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  const over = by => { depth += by; document.body.classList.toggle('dragging', depth > 0); };
  document.addEventListener('dragenter', event => { if (isDrag(event)) over(1); });
  document.addEventListener('dragleave', event => { if (isDrag(event)) over(-1); });
  document.addEventListener('dragover', event => { if (isDrag(event)) event.preventDefault(); });
  document.addEventListener('drop', event => {
    if (!isDrag(event)) return;
    event.preventDefault();
    over(-depth);
    addFiles(event.dataTransfer.files);
  });

  find('#link-form').addEventListener('submit', event => {
    event.preventDefault();
    const url = event.target.elements.url.value.trim();
    enqueue([{name: url, body: {url}}]);
    event.target.reset();
  });
  find('#text-form').addEventListener('submit', event => {
    event.preventDefault();
    const given = [...new FormData(event.target)].filter(([, value]) => value.trim());
    const article = Object.fromEntries(given);
    if (!article.body) return;
    enqueue([{name: article.title || 'The text', body: {articles: [article]}}]);
    event.target.reset();
  });

  // --- removing, and taking it back

  const dialog = find('#confirm');
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-remove]');
    if (!button) return;
    find('#confirm-label').textContent = button.dataset.label;
    dialog.returnValue = '';
    dialog.onclose = () => { if (dialog.returnValue === 'remove') remove(button.dataset); };
    dialog.showModal();
  });

  async function remove({remove: id, label}) {
    const path = `api/articles/${encodeURIComponent(id)}`;
    try {
      const article = await send(path, {});  // first, to be able to put it back
      await send(path, {method: 'DELETE'});
      tell(`Removed “${label}”.`, line => putBack(article, label, line));
    } catch (error) {
      tell(`“${label}” was not removed. ${error.message}`);
    }
    await refresh();
  }

  async function putBack({id, title, author, source, published, url, text}, label, line) {
    const body = {articles: [{id, title, author, source, published, url, body: text}]};
    try {
      await send('api/articles', post(body));
      line.textContent = `“${label}” is back.`;
    } catch (error) {
      tell(`“${label}” could not be put back. ${error.message}`);
    }
    await refresh();
  }

  // A line above the list; those that can be undone stay until they are, or the page is left.
  function tell(words, undo) {
    const line = document.createElement('p');
    line.textContent = words;
    find('#told').append(line);
    if (!undo) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain';
    button.textContent = 'Put it back';
    button.addEventListener('click', () => undo(line));
    line.append(button);
    button.focus();  // the button that was pressed is gone from the list
  }

  // --- the list, as the server has it now

  let refreshed = 0;
  async function refresh() {
    refreshed += 1;
    const mine = refreshed;
    const reply = await fetch(location.href).catch(() => null);
    if (!reply || !reply.ok || mine !== refreshed) return;  // a later one is on its way
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    for (const id of ['list', 'total']) find(`#${id}`).replaceWith(page.getElementById(id));
    reveal();
  }
  // As it is typed: what the form would lead to.
  const search = find('.search');
  let typing = 0;
  function look() {
    const asked = [...new FormData(search)].filter(([, value]) => value);
    const query = new URLSearchParams(asked);
    history.replaceState(null, '', query.size ? `?${query}` : location.pathname);
    refresh();
  }
  search.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(look, 200); });
  search.addEventListener('submit', event => { event.preventDefault(); clearTimeout(typing); look(); });

  function reveal() {
    const mayWrite = 'mayWrite' in add.dataset || sessionStorage.getItem(KEY);
    document.querySelectorAll('[data-remove]').forEach(button => { button.hidden = !mayWrite; });
  }

  takeToken();
  token.hidden = 'mayWrite' in add.dataset || Boolean(sessionStorage.getItem(KEY));
  find('#add .tools').hidden = false;
  reveal();
})();
