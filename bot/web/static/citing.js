// Citations to take away: each block of an answer in the notation of another place.
import {picker} from './collection.js';
import {all, asking, button, copyOrShow, make, post, status} from './elements.js';

const FORMATS = [['text', 'Text'], ['markdown', 'Markdown'], ['html', 'HTML'],
  ['mediawiki', 'MediaWiki'], ['mediawiki-plain', 'MediaWiki, plain'], ['dokuwiki', 'DokuWiki']];
export function equipBlocks(row, turn) {
  let kept = null;  // the answer's link goes with each citation; it is kept once
  const permalink = () => kept ??= post('api/links', asking(turn)).then(link => link.url, () => '');
  for (const item of all('ol > li', row)) {
    const led = all('a[href^="#cite-"]', item).map(a => Number(a.hash.split('-')[2]));
    const cited = turn.runs.filter(({numbers}) => led.some(number => numbers.includes(number)));
    if (!cited.length) continue;
    const form = make('div', {className: 'form'});
    const open = button('Cite', () => {
      const shut = Boolean(form.childElementCount);
      form.replaceChildren(...shut ? [] : cited.flatMap(run => choices(run, permalink, form)));
      open.setAttribute('aria-expanded', String(!shut));
      if (!shut) form.querySelector('button').focus();
    }, {className: 'cite'});
    open.setAttribute('aria-expanded', 'false');
    open.setAttribute('aria-label', `Cite ${cited.map(({mark}) => mark).join('')}`);
    item.append(' ', open, ' ', picker(cited[0]), form);
  }
}
function choices(run, permalink, form) {
  permalink();  // asked for before it is needed: a page may copy only soon after a click
  const said = status();
  const group = make('span', {className: 'formats'}, `${run.mark} as `,
    ...FORMATS.map(([format, label]) => button(label, async () => {
      try {
        const text = await cite(run, format, await permalink());
        await copyOrShow(text, `Copied as ${label}.`, said, form);
      } catch (error) { said.textContent = error.message; }
    })));
  if (run.address) group.append(make('a', {
    href: run.address, target: '_blank', rel: 'noopener noreferrer',
    textContent: 'Publisher’s page'}));
  group.append(said);
  return [group];
}
async function cite({article, start, end, speakers}, format, permalink) {
  const query = new URLSearchParams({article, start, end, format, permalink});
  for (const speaker of new Set(speakers)) query.append('speaker', speaker);
  const reply = await fetch(`api/cite?${query}`);
  if (!reply.ok) throw new Error((await reply.json()).error);
  return reply.text();
}
