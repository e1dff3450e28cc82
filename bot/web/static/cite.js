// Makes a citation lead to its sentence. A link "#cite-TURN-NUMBER" names a sentence in the article
// pane; if the pane shows another answer's articles, the server is asked for those of TURN first.
'use strict';
(() => {
  let wanted = null;  // the citation that is waited for
  let wishes = 0;     // tells one wish for a turn from the next
  let from = null;    // the link that was followed, to come back to

  const inPane = id => {
    const sentence = document.getElementById(id);
    return sentence && sentence.closest('#pane') ? sentence : null;
  };

  function openArticle(sentence) {
    const article = sentence.closest('.cited-article');
    article.parentElement.querySelectorAll('.cited-article').forEach(
      each => each.classList.toggle('shut', each !== article));
    article.parentElement.querySelectorAll('.tab').forEach(tab => {
      const target = inPane(tab.getAttribute('href').slice(1));
      const current = Boolean(target) && target.closest('.cited-article') === article;
      tab.classList.toggle('current', current);
      tab.setAttribute('aria-current', String(current));
      if (current) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetWidth / 3;
    });
  }

  function show(sentence) {
    wanted = null;
    openArticle(sentence);
    document.querySelectorAll('.sent.hit').forEach(each => each.classList.remove('hit'));
    sentence.classList.add('hit');
    sentence.scrollIntoView({block: 'center'});
    sentence.focus({preventScroll: true});
  }

  function ask(id) {
    const box = document.querySelector('#wanted textarea, #wanted input');
    if (!box) return;
    wanted = id;
    wishes += 1;
    box.value = `${id.split('-')[1]}#${wishes}`;
    box.dispatchEvent(new Event('input', {bubbles: true}));
  }

  document.addEventListener('click', event => {
    const link = event.composedPath().find(
      node => node.tagName === 'A' && /^#(cite-|back$)/.test(node.getAttribute('href') || ''));
    if (!link) return;
    event.preventDefault();
    following = null;
    if (link.getAttribute('href') === '#back') { goBack(); return; }
    if (!link.closest('#pane')) from = link;
    const id = link.getAttribute('href').slice(1);
    const sentence = inPane(id);
    if (sentence) show(sentence); else ask(id);
  }, true);

  // "Back to the answer", and Escape, lead from a sentence to the citation that led there.
  function goBack() {
    const questions = document.querySelectorAll('#chat .user-row');
    const target = from && from.isConnected ? from : questions[questions.length - 1];
    if (!target) return;
    target.scrollIntoView({block: 'center'});
    target.focus({preventScroll: true});
  }
  document.addEventListener('keydown', event => {
    const focused = document.activeElement;
    if (event.key === 'Escape' && focused && focused.closest('#pane')) goBack();
  });

  // A fresh pane shows its first cited sentence: the pane scrolls, the page stays where it is.
  let shown = null;
  function freshPane() {
    const pane = document.getElementById('pane');
    const articles = pane && pane.querySelector('.cited-articles');
    if (wanted && inPane(wanted)) show(inPane(wanted));
    else if (articles && articles !== shown) {
      const first = articles.querySelector('.cited-article:not(.shut) .cited');
      const scroller = pane.closest('#reading');
      if (first && scroller) {
        scroller.scrollTop = 0;  // the headline stays in sight where it can
        const below = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
        if (below > scroller.clientHeight * 0.7) scroller.scrollTop = below - scroller.clientHeight / 3;
      }
    }
    shown = articles;
  }

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
    document.querySelectorAll('#chat [data-testid="bot"][aria-label], #chat [data-testid="user"][aria-label]')
      .forEach(message => message.removeAttribute('aria-label'));
  }

  // Questions that the archive answers; until it is open, what is waited for.
  let examples = [];
  let state = '';
  function tell(message) {
    state = message;
    say();
  }
  // The server may answer before the page has a place for it: said again when it has.
  function say() {
    const status = document.querySelector('#status [role="status"]');
    if (status && status.textContent !== state) status.textContent = state;
  }
  async function greet() {
    const slow = setTimeout(tell, 400,
      'Opening the archive. You can ask already: the answer comes as soon as it is open.');
    const reply = await fetch('api/examples');
    clearTimeout(slow);
    const said = await reply.json();
    tell(said.error || '');
    examples = said.examples || [];
    offer();
  }
  function offer() {
    const place = document.querySelector('#chat .placeholder .examples');
    if (!place || place.childElementCount || !examples.length) return;
    place.append(...examples.map(question => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'example';
      button.textContent = question;
      button.addEventListener('click', () => pose(question));
      return button;
    }));
  }
  function pose(question) {
    const box = document.querySelector('#question textarea');
    box.value = question;
    box.dispatchEvent(new Event('input', {bubbles: true}));
    requestAnimationFrame(() => document.getElementById('ask').click());
  }
  greet();

  new MutationObserver(() => { unlabel(); follow(); freshPane(); offer(); say(); })
    .observe(document, {subtree: true, childList: true});
})();
