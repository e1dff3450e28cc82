// The list of earlier conversations: gone on with, renamed, deleted. What is in it is this browser's
// own (remembering.js), and shown as text.
import {button, make, status} from './elements.js';
import {conversations, current, forget, rename, restore, titleOf} from './remembering.js';

const list = make('ul', {});
const said = status();
const panel = make('div', {className: 'panel'}, list, said,
  make('p', {textContent: 'Your questions, stored in this browser only.'}));
const summary = make('summary', {textContent: 'Earlier'});
const menu = make('details', {id: 'earlier', className: 'menu'}, summary, panel);
summary.setAttribute('aria-label', 'Earlier conversations');

// Puts the list beside "New conversation"; GO is called with the one that is wanted.
let go;
export function place(goOn) {
  go = goOn;
  const anew = document.querySelector('#anew');
  if (anew && !menu.isConnected) anew.before(menu);
  if (menu.isConnected && !menu.open) menu.hidden = !conversations().length;
}

menu.addEventListener('toggle', () => { if (menu.open) { said.textContent = ''; draw(); } });
document.addEventListener('click', event => {
  if (menu.open && !event.composedPath().includes(menu)) menu.open = false;
});
menu.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  menu.open = false;
  summary.focus();
});

function draw() {
  const here = current();
  list.replaceChildren(...conversations().map(one => row(one, Boolean(here) && here.id === one.id)));
  if (!list.childElementCount) said.textContent ||= 'There are no earlier conversations.';
}
function row(one, isHere) {
  const title = titleOf(one);
  const open = button(title, () => { menu.open = false; go(one); }, {className: 'open'});
  if (isHere) open.setAttribute('aria-current', 'true');
  const edit = button('Rename', () => write(line, one), {className: 'rename'});
  edit.setAttribute('aria-label', `Rename “${title}”`);
  const remove = button('Delete', () => take(one), {className: 'delete'});
  remove.setAttribute('aria-label', `Delete “${title}”`);
  const line = make('li', {}, open, edit, remove);
  return line;
}
function write(line, one) {
  const box = make('input', {type: 'text', value: titleOf(one), maxLength: 200});
  box.setAttribute('aria-label', 'The new name');
  const close = () => { draw(); list.children[[...conversations()].findIndex(
    ({id}) => id === one.id)]?.querySelector('.rename').focus(); };
  const keep = () => { rename(one.id, box.value); close(); };
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();  // or Enter would press the button that is led to
    event.stopPropagation();
    (event.key === 'Enter' ? keep : close)();
  });
  line.replaceChildren(box, button('Keep', keep), button('Cancel', close));
  box.focus();
  box.select();
}
function take(one) {
  forget(one.id);
  draw();
  const back = button('Put it back', () => { restore(one); said.textContent = ''; draw();
    (list.querySelector('.open') || summary).focus(); });
  said.replaceChildren(`“${titleOf(one)}” is deleted. `, back);
  back.focus();
}
