// What the scripts of the conversation share: elements, requests, the clipboard.
import {copy} from './clipboard.js';

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
export const button = (label, act, properties = {}) => {
  const made = make('button', {type: 'button', textContent: label, ...properties});
  made.addEventListener('click', act);
  return made;
};

export async function post(path, record) {
  const reply = await fetch(path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(record)});
  const said = await reply.json();
  if (!reply.ok) throw new Error(said.error);
  return said;
}
// What the server needs to make the turn's answer itself.
export const asking = ({question, history, filters}) => ({question, history, ...filters});

export function status() {
  const said = make('span', {className: 'said'});
  said.setAttribute('role', 'status');
  return said;
}
// Shuts FORM, and leads back to the button that has just opened it.
export function closing(form) {
  const opener = document.activeElement;
  return () => { form.replaceChildren(); opener.focus(); };
}
// Copies and says so, or shows in FORM what is then to be copied by hand.
export async function copyOrShow(text, done, said, form) {
  if (await copy(text)) { said.textContent = done; return; }
  said.textContent = 'Copy it from here:';
  const box = make('textarea', {value: text, readOnly: true, rows: Math.min(8, text.split('\n').length)});
  box.setAttribute('aria-label', 'To copy');
  form.querySelector('textarea')?.remove();
  form.append(box);
  box.focus();
  box.select();
}
