// What a person says of an answer, or of one of its blocks.
import {all, asking, button, closing, make, post} from './elements.js';

const VERDICTS = [['right', 'Right'], ['wrong', 'Wrong'], ['wrong_speaker', 'Wrong speaker'],
  ['missing', 'Something is missing']];
export function verdicts(turn, said, form) {
  const group = make('span', {className: 'verdicts'});
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Is this answer right?');
  const refused = turn.status === 'refused';
  for (const [verdict, label] of refused ? VERDICTS.slice(0, 2) : VERDICTS) {
    const give = (number, comment) => judge(group, verdict, said,
      {...asking(turn), answer: turn.answer, verdict, number, comment});
    const act = () => verdict === 'right' ? give(null, '') : explain(turn, label, form, give);
    const made = button(label, act);
    made.dataset.verdict = verdict;
    made.setAttribute('aria-pressed', 'false');
    group.append(made);
  }
  return group;
}
function explain(turn, label, form, give) {
  const close = closing(form);
  const which = make('select', {});
  which.setAttribute('aria-label', `${label}: what?`);
  which.append(make('option', {value: '', textContent: 'the whole answer'}));
  if (turn.status === 'answered' && !label.startsWith('Something')) which.append(
    ...turn.runs.map(({numbers, mark}) => make('option', {value: numbers[0], textContent: mark})));
  const comment = make('input', {type: 'text', maxLength: 2000, placeholder: 'Comment (optional)'});
  comment.setAttribute('aria-label', 'Comment (optional)');
  const send = async () => { if (await give(Number(which.value) || null, comment.value)) close(); };
  comment.addEventListener('keydown', event => {
    if (event.key === 'Enter') send();
    if (event.key === 'Escape') close();
  });
  const parts = which.length > 1 ? [which, comment] : [comment];
  form.replaceChildren(make('b', {textContent: `${label}:`}), ...parts,
    button('Send', send, {className: 'go'}), button('Cancel', close));
  parts[0].focus();
}
// Whether it was kept: if not, what was written stays.
async function judge(group, verdict, said, record) {
  try {
    await post('api/feedback', record);
    all('button', group).forEach(
      each => each.setAttribute('aria-pressed', String(each.dataset.verdict === verdict)));
    said.textContent = 'Thank you. Your feedback is saved.';
    return true;
  } catch (error) {
    said.textContent = error.message;
    return false;
  }
}
