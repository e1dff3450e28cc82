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
    blockOf(sentence).forEach(each => each.classList.add('hit'));
    sentence.scrollIntoView({block: 'center'});
    sentence.focus({preventScroll: true});
  }

  // The first sentence of a block bears the mark, those that belong to it follow.
  function blockOf(sentence) {
    const cited = [...sentence.closest('.cited-article').querySelectorAll('.cited')];
    let first = cited.indexOf(sentence);
    while (first > 0 && !cited[first].title) first -= 1;
    let end = first + 1;
    while (end < cited.length && !cited[end].title) end += 1;
    return cited.slice(first, end);
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

  // Who said what, in colour for whoever wants it: the marks are there, the switch shows them.
  const page = document.documentElement;
  function addSwitches() {
    document.querySelectorAll('#pane .switch:empty').forEach(place => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Who said what';
      button.setAttribute('aria-pressed', String(page.classList.contains('who-said')));
      button.addEventListener('click', turnSwitch);
      place.append(button);
    });
  }
  function turnSwitch() {
    const on = page.classList.toggle('who-said');
    document.querySelectorAll('#pane .switch button').forEach(
      button => button.setAttribute('aria-pressed', String(on)));
  }

  new MutationObserver(() => { freshPane(); addSwitches(); })
    .observe(document, {subtree: true, childList: true});
})();
